using System.Text.Json;

namespace Framelane.Bench.Load;

/// <summary>Where a composition keeps what is its: a folder, and what its settings say beside that. Processes are told it as one line.</summary>
sealed record Place(string Folder, Dictionary<string, string> Settings)
{
    public static Place Embedded(string folder) => new(folder, []);

    /// <param name="folder">For the keys that seal its secrets.</param>
    public static Place Postgres(string folder, string connectionString) => new(folder, new()
    {
        ["Framelane:Database:Provider"] = "postgres",
        ["Framelane:Database:ConnectionString"] = connectionString,
    });

    public static Place Parse(string line) => JsonSerializer.Deserialize<Place>(line)!;

    public Place With(string name, string value) => this with { Settings = new(Settings) { [name] = value } };

    public override string ToString() => JsonSerializer.Serialize(this);
}
