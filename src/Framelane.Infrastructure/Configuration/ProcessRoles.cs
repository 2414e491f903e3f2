using Microsoft.Extensions.Configuration;

namespace Framelane.Infrastructure.Configuration;

/// <summary>What this process does: <c>Framelane:Roles</c>, names separated by commas or written item by item.</summary>
/// <remarks>Every process answers its probes, whatever its roles.</remarks>
public sealed class ProcessRoles
{
    /// <summary>Serves the API.</summary>
    public const string Api = "api";

    /// <summary>Does the work of jobs, sends mails, and removes what is past its time.</summary>
    public const string Worker = "worker";

    /// <summary>Delivers events.</summary>
    public const string Dispatcher = "dispatcher";

    public const string All = $"{Api},{Worker},{Dispatcher}";

    readonly HashSet<string> names;

    ProcessRoles(IEnumerable<string> names) => this.names = [.. names];

    /// <summary>The names as they are written, known or not: <see cref="FramelaneOptions"/> is validated before anything runs.</summary>
    public static ProcessRoles Of(IConfiguration configuration) => new(Split(Written(configuration)));

    public bool Has(string role) => names.Contains(role);

    public override string ToString() => string.Join(',', names.Order());

    /// <summary>The names with commas between them.</summary>
    internal static string Written(IConfiguration configuration) =>
        configuration.GetSection($"{FramelaneOptions.Section}:{nameof(FramelaneOptions.Roles)}").WithCommas() ?? All;

    /// <summary>Whether there is at least one name, and none but the three.</summary>
    internal static bool AreValid(string roles) => Split(roles) is { Length: > 0 } names && names.All(Split(All).Contains);

    static string[] Split(string roles) => roles.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
