using Framelane.Domain.Workspaces;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Configuration;

/// <summary>The keys that stand directly in section <c>Framelane</c>.</summary>
public sealed class FramelaneOptions
{
    public const string Section = "Framelane";

    public const string DataPathKey = $"{Section}:{nameof(DataPath)}";

    public const string PublicUrlKey = $"{Section}:{nameof(PublicUrl)}";

    /// <summary>The folder of everything that this process keeps: embedded database, files, master key, first API key, outbox.</summary>
    public string DataPath { get; set; } = "data";

    /// <summary>Base of signed URLs and links, as clients reach it; left out, the first address that this process listens on.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>What this process does: <c>api</c>, <c>worker</c>, <c>dispatcher</c>, separated by commas.</summary>
    public string Roles { get; set; } = ProcessRoles.All;

    /// <summary>The plan of the workspace that an empty database gets, and of those that sign up.</summary>
    public Plan DefaultPlan { get; set; } = Plan.Enterprise;
}

sealed class FramelaneOptionsValidator : IValidateOptions<FramelaneOptions>
{
    public ValidateOptionsResult Validate(string? name, FramelaneOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.DataPath))
            return ValidateOptionsResult.Fail($"{FramelaneOptions.DataPathKey} is the path of a folder.");
        if (options.PublicUrl is not null && !HttpAddress.IsBase(options.PublicUrl))
            return ValidateOptionsResult.Fail($"{FramelaneOptions.PublicUrlKey} is an http or https address, without a query.");
        if (!ProcessRoles.AreValid(options.Roles))
            return ValidateOptionsResult.Fail($"Framelane:Roles names one or more of {ProcessRoles.All}.");
        return Enum.IsDefined(options.DefaultPlan)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Framelane:DefaultPlan is free, pro or enterprise.");
    }
}
