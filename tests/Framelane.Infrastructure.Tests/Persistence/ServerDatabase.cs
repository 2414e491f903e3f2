using System.Collections.Concurrent;
using System.Security.Cryptography;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Postgres;
using Framelane.Infrastructure.Tests.Postgres;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>A database on a server, which processes share, and so with a master key that somebody made.</summary>
public abstract class ServerDatabase : TestDatabase
{
    protected ServerDatabase() => File.WriteAllText(MasterKeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    public abstract string Provider { get; }

    public abstract string ConnectionString { get; }

    public override IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Framelane:DataPath", Folder),
        new("Framelane:Database:Provider", Provider),
        new("Framelane:Database:ConnectionString", ConnectionString),
        new("Framelane:Secrets:MasterKeyFile", MasterKeyFile),
    ];

    string MasterKeyFile => Path.Combine(Folder, "master.key");
}

public class PostgresDatabase : ServerDatabase
{
    const string Clean = """
        SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle';
        DO $$
        DECLARE name text;
        BEGIN
            FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\_\_%' LOOP
                EXECUTE format('DELETE FROM %I', name);
            END LOOP;
        END $$;
        """;

    /// <summary>Migrated, with nothing in them: to empty one takes a tenth of the time that it takes to make and drop one.</summary>
    static readonly ConcurrentBag<string> Empty = [];

    readonly string name;

    public PostgresDatabase()
        : this(Empty.TryTake(out var empty) ? empty : Make())
    {
    }

    protected PostgresDatabase(string name) => this.name = name;

    public override string Provider => "postgres";

    public override string ConnectionString => PostgresServer.Shared.ConnectionString(name);

    protected override void Dispose(bool disposing)
    {
        PostgresServer.Shared.Execute(Clean, name);
        Empty.Add(name);
        base.Dispose(disposing);
    }

    static string Make()
    {
        var name = PostgresServer.Shared.NewName();
        PostgresServer.Shared.Create(name);
        var options = new DbContextOptionsBuilder<FramelaneDbContext>();
        new PostgresProvider(PostgresServer.Shared.ConnectionString(name) + ";Pooling=false").Configure(options);
        using var db = new FramelaneDbContext(options.Options);
        db.Database.Migrate();
        return name;
    }
}

/// <summary>A database that the first start has to make, on a server that no other test needs.</summary>
sealed class OwnPostgresDatabase(PostgresServer server) : ServerDatabase
{
    readonly string name = server.NewName();

    public override string Provider => "postgres";

    public override string ConnectionString => server.ConnectionString(name);
}

/// <summary>A database that the first start has to make.</summary>
public sealed class AbsentPostgresDatabase() : PostgresDatabase(PostgresServer.Shared.NewName());

/// <summary>On the server that FRAMELANE_TEST_SQLSERVER, a connection string without a database, names.</summary>
public sealed class SqlServerDatabase : ServerDatabase
{
    const string Variable = "FRAMELANE_TEST_SQLSERVER";

    readonly SqlConnectionStringBuilder server = Server();

    public override string Provider => "sqlserver";

    public override string ConnectionString => server.ConnectionString;

    protected override void Dispose(bool disposing)
    {
        SqlConnection.ClearAllPools();
        using (var connection = new SqlConnection(new SqlConnectionStringBuilder(ConnectionString) { InitialCatalog = "master", Pooling = false }.ConnectionString))
        {
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is made here.
            command.CommandText = $"ALTER DATABASE {server.InitialCatalog} SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE {server.InitialCatalog}";
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        base.Dispose(disposing);
    }

    static SqlConnectionStringBuilder Server()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } server)
            Assert.Ignore($"{Variable} names no SQL Server.");
        else
            return new(server) { InitialCatalog = $"framelane_test_{Guid.NewGuid():N}" };
        throw new InvalidOperationException();
    }
}
