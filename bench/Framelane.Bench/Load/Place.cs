using System.Security.Cryptography;
using System.Text.Json;

namespace Framelane.Bench.Load;

/// <summary>Where a composition keeps what is its: a folder, and what its settings say beside that. Processes are told it as one line.</summary>
sealed record Place(string Folder, Dictionary<string, string> Settings)
{
    public static Place Embedded(string folder) => new(folder, []);

    /// <param name="folder">For the key that seals its secrets.</param>
    public static Place Postgres(string folder, string connectionString)
    {
        var key = Path.Combine(folder, "shared.key");
        if (!File.Exists(key))
        {
            File.WriteAllText(key, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return new(folder, new()
        {
            ["Framelane:Database:Provider"] = "postgres",
            ["Framelane:Database:ConnectionString"] = connectionString,
            ["Framelane:Secrets:MasterKeyFile"] = key,
        });
    }

    public static Place Parse(string line) => JsonSerializer.Deserialize<Place>(line)!;

    public Place With(string name, string value) => this with { Settings = new(Settings) { [name] = value } };

    public override string ToString() => JsonSerializer.Serialize(this);
}
