using System.Text.Json;

namespace Framelane.Bench.Load;

/// <summary>The published API, as a process.</summary>
static class ApiProcess
{
    /// <summary>Where run.sh and prove.sh publish it; the build's own copy where the program was started by hand.</summary>
    public static string Assembly { get; } = Path.GetFullPath(
        Environment.GetEnvironmentVariable("FRAMELANE_API") ?? Path.Combine(AppContext.BaseDirectory, "Framelane.Api.dll"));

    /// <summary>The collector's settings of the API, for processes of the bench that stand in for it.</summary>
    public static IEnumerable<KeyValuePair<string, string>> CollectorSettings { get; } = ReadCollectorSettings();

    static List<KeyValuePair<string, string>> ReadCollectorSettings()
    {
        var file = Path.ChangeExtension(Assembly, ".runtimeconfig.json");
        if (!File.Exists(file))
            return [];
        using var config = JsonDocument.Parse(File.ReadAllText(file));
        var properties = config.RootElement.GetProperty("runtimeOptions").TryGetProperty("configProperties", out var found) ? found : default;
        return
        [
            new("DOTNET_gcServer", Flag("System.GC.Server", "0")),
            new("DOTNET_gcConcurrent", Flag("System.GC.Concurrent", "1")),
        ];

        string Flag(string name, string otherwise) =>
            properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out var value) ? (value.GetBoolean() ? "1" : "0") : otherwise;
    }
}
