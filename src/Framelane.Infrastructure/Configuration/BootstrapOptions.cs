using Framelane.Domain.ApiKeys;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Configuration;

/// <summary>Section <c>Framelane:Bootstrap</c>.</summary>
public sealed class BootstrapOptions
{
    public const string Section = "Framelane:Bootstrap";

    /// <summary>The key of the workspace that an empty database gets; left out, a random one.</summary>
    public string? ApiKey { get; set; }

    public override string ToString() => "***";
}

sealed class BootstrapOptionsValidator : IValidateOptions<BootstrapOptions>
{
    public ValidateOptionsResult Validate(string? name, BootstrapOptions options) =>
        string.IsNullOrEmpty(options.ApiKey) || ApiKeySecret.TryParse(options.ApiKey) is not null
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{BootstrapOptions.Section}:{nameof(BootstrapOptions.ApiKey)} is '{ApiKeySecret.Prefix}' and at least {ApiKeySecret.MinTailLength} letters, digits, '_' or '-'.");
}
