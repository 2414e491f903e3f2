using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Configuration;

/// <summary>What this process does: <c>Framelane:Roles</c>, names separated by commas.</summary>
/// <remarks>The API answers in every process; a worker's work comes with the jobs.</remarks>
public sealed class ProcessRoles
{
    public const string Key = "Framelane:Roles";

    public const string Dispatcher = "dispatcher";

    static readonly string[] Known = ["api", "worker", Dispatcher];

    readonly HashSet<string> names;

    ProcessRoles(IEnumerable<string> names) => this.names = [.. names];

    /// <summary>What is wrong with them, in a sentence that names the key; null where all is well.</summary>
    public string? Fault => names.FirstOrDefault(name => !Known.Contains(name)) is { } unknown
        ? $"{Key} knows {string.Join(", ", Known)}; '{unknown}' is none of them."
        : null;

    public static ProcessRoles Of(IConfiguration configuration) =>
        new((configuration[Key] ?? string.Join(',', Known)).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    public bool Has(string role) => names.Contains(role);

    public override string ToString() => string.Join(',', names.Order());
}

/// <summary>Roles decide what is registered, before anything can be validated; the start that they stop is this one's.</summary>
sealed class ProcessRolesValidator(ProcessRoles roles) : IValidateOptions<FramelaneOptions>
{
    public ValidateOptionsResult Validate(string? name, FramelaneOptions options) =>
        roles.Fault is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
}
