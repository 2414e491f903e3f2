namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>A database of its own for one test, and a folder. Another provider is one more class, named in <see cref="EveryDatabaseAttribute"/>.</summary>
public abstract class TestDatabase : IDisposable
{
    protected TestDatabase() => Folder = Directory.CreateTempSubdirectory("framelane-test-").FullName;

    public string Folder { get; }

    public abstract IEnumerable<KeyValuePair<string, string?>> Settings { get; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Directory.Delete(Folder, recursive: true);
}

public sealed class SqliteDatabase : TestDatabase
{
    public string File => Path.Combine(Folder, "framelane.db");

    public override IEnumerable<KeyValuePair<string, string?>> Settings => [new("Framelane:DataPath", Folder)];

    protected override void Dispose(bool disposing)
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        base.Dispose(disposing);
    }
}
