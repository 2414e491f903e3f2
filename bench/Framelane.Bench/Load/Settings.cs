namespace Framelane.Bench.Load;

/// <summary>What every process of a run is told: a folder, loopback as a target, no limits of the console's kind.</summary>
static class Settings
{
    /// <summary>Not random: it opens nothing but databases in temporary folders.</summary>
    public const string ApiKey = "fl_live_bench0bench0bench0bench0bench0bench0";

    public static IEnumerable<KeyValuePair<string, string?>> Of(string dataPath) =>
    [
        new("Framelane:DataPath", dataPath),
        new("Framelane:Bootstrap:ApiKey", ApiKey),
        new("Framelane:Outbound:AllowHttp", "true"),
        new("Framelane:Outbound:AllowedNetworks:0", "127.0.0.0/8"),
        new("Framelane:RateLimits:Enabled", "false"),
        new("Framelane:Limits:WebhooksPerWorkspace", "1000"),
    ];

    /// <summary>The same for the environment of a process.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Environment(string dataPath) =>
        ForEnvironment(Of(dataPath).Select(pair => new KeyValuePair<string, string>(pair.Key, pair.Value!)));

    public static IEnumerable<KeyValuePair<string, string>> ForEnvironment(IEnumerable<KeyValuePair<string, string>> settings) =>
        settings.Select(pair => new KeyValuePair<string, string>(pair.Key.Replace(":", "__", StringComparison.Ordinal), pair.Value));
}
