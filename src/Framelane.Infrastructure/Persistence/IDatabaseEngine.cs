using System.Data.Common;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Persistence.Postgres;
using Framelane.Infrastructure.Persistence.Sqlite;
using Framelane.Infrastructure.Persistence.SqlServer;

namespace Framelane.Infrastructure.Persistence;

/// <summary>A database to run on: one a provider, chosen by its name in the settings. Nothing else knows which one runs.</summary>
interface IDatabaseEngine
{
    string Name { get; }

    /// <summary>Whether processes on other machines may use the same database.</summary>
    bool IsShared { get; }

    /// <summary>What is wrong with a connection string, as the end of a sentence about it; null where nothing is. Never repeats it.</summary>
    string? FaultOf(string connectionString);

    /// <param name="services">The process's services.</param>
    /// <param name="connectionString">Null where a database that is not shared is left to us.</param>
    IDatabaseProvider MakeProvider(IServiceProvider services, string? connectionString);

    /// <param name="provider">What this engine made.</param>
    IDispatchStore MakeDispatchStore(IDatabaseProvider provider);
}

static class DatabaseEngines
{
    public const string NoConnectionString = "is not a connection string of that provider";

    static readonly IDatabaseEngine[] All = [new SqliteEngine(), new SqlServerEngine(), new PostgresEngine()];

    public static IEnumerable<string> Names => All.Select(engine => engine.Name);

    public static IDatabaseEngine? Find(string name) => Array.Find(All, engine => engine.Name == name);

    public static IDatabaseEngine Named(string name) => Find(name) ?? throw new ArgumentException($"There is no database '{name}'.", nameof(name));

    /// <returns>Null where it is none.</returns>
    public static T? Parse<T>(string connectionString)
        where T : DbConnectionStringBuilder, new()
    {
        try
        {
            return new T { ConnectionString = connectionString };
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }
}
