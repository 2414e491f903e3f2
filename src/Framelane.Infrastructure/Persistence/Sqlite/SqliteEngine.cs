using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Dispatch;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Persistence.Sqlite;

/// <summary>A file of this machine; by default in the data folder.</summary>
sealed class SqliteEngine : IDatabaseEngine
{
    const string File = "framelane.db";

    public string Name => DatabaseOptions.Sqlite;

    public bool IsShared => false;

    public string? FaultOf(string connectionString)
    {
        if (DatabaseEngines.Parse<SqliteConnectionStringBuilder>(connectionString) is not { } parsed)
            return DatabaseEngines.NoConnectionString;
        return parsed.DataSource.Length == 0 || parsed.DataSource == ":memory:" || parsed.Mode == SqliteOpenMode.Memory
            ? $"names a file, as in 'Data Source={File}'"
            : null;
    }

    public IDatabaseProvider MakeProvider(IServiceProvider services, string? connectionString) => new SqliteProvider(
        connectionString ?? $"Data Source={services.GetRequiredService<DataFolder>().Of(File)}",
        new(),
        services.GetRequiredService<TimeProvider>());

    public IDispatchStore MakeDispatchStore(IDatabaseProvider provider)
    {
        var sqlite = (SqliteProvider)provider;
        return new SqliteDispatchStore(new(sqlite), sqlite.Gate);
    }
}
