using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Dispatch;
using Npgsql;

namespace Framelane.Infrastructure.Persistence.Postgres;

sealed class PostgresEngine : IDatabaseEngine
{
    static readonly string[] Primary = ["primary", "read-write"];

    public string Name => DatabaseOptions.Postgres;

    public bool IsShared => true;

    public string? FaultOf(string connectionString)
    {
        if (DatabaseEngines.Parse<NpgsqlConnectionStringBuilder>(connectionString) is not { } parsed)
            return DatabaseEngines.NoConnectionString;
        if (string.IsNullOrEmpty(parsed.Host) || string.IsNullOrEmpty(parsed.Database))
            return "names a host and a database";

        // Epochs are read where rotations are committed: a standby is behind.
        return parsed.Host.Contains(',', StringComparison.Ordinal) && !Primary.Contains(parsed.TargetSessionAttributes)
            ? "names several hosts, and then says 'Target Session Attributes=primary' too"
            : null;
    }

    public IDatabaseProvider MakeProvider(IServiceProvider services, string? connectionString) => new PostgresProvider(connectionString!);

    public IDispatchStore MakeDispatchStore(IDatabaseProvider provider) => new PostgresDispatchStore(((PostgresProvider)provider).DispatchConnectionString);
}
