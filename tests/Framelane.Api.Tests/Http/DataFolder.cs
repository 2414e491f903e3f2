using Microsoft.Data.Sqlite;

namespace Framelane.Api.Tests.Http;

/// <summary>A data folder that goes when it is disposed.</summary>
sealed class DataFolder : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("framelane-api-");

    public string Path => folder.FullName;

    public string ApiKeyFile => System.IO.Path.Combine(Path, "api-key");

    public Database Database => new(System.IO.Path.Combine(Path, "framelane.db"));

    public IEnumerable<FileInfo> Files => folder.EnumerateFiles("*", SearchOption.AllDirectories);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
