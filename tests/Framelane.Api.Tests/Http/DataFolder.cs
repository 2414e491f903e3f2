using Microsoft.Data.Sqlite;

namespace Framelane.Api.Tests.Http;

/// <summary>A data folder that goes when it is disposed.</summary>
sealed class DataFolder : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("framelane-api-");

    public string Path => folder.FullName;

    public string ApiKeyFile => System.IO.Path.Combine(Path, "api-key");

    public Database Database => new(System.IO.Path.Combine(Path, "framelane.db"));

    /// <summary>All but the locks of work folders, which are empty, and which nobody can open while a process has them.</summary>
    public IEnumerable<FileInfo> Files => folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Name != ".lock");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
