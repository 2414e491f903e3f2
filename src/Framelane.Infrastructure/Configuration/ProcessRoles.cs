using Microsoft.Extensions.Configuration;

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

    /// <exception cref="InvalidOperationException">A name is none of the three; the message names the key.</exception>
    public static ProcessRoles Of(IConfiguration configuration)
    {
        var names = (configuration[Key] ?? string.Join(',', Known))
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
            throw new InvalidOperationException($"{Key} knows {string.Join(", ", Known)}; '{unknown}' is none of them.");
        return new(names);
    }

    public bool Has(string role) => names.Contains(role);

    public override string ToString() => string.Join(',', names.Order());
}
