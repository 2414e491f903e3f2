using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Dispatch;
using Microsoft.Data.SqlClient;

namespace Framelane.Infrastructure.Persistence.SqlServer;

sealed class SqlServerEngine : IDatabaseEngine
{
    public string Name => DatabaseOptions.SqlServer;

    public bool IsShared => true;

    public string? FaultOf(string connectionString)
    {
        if (DatabaseEngines.Parse<SqlConnectionStringBuilder>(connectionString) is not { } parsed)
            return DatabaseEngines.NoConnectionString;
        return parsed.DataSource.Length == 0 || parsed.InitialCatalog.Length == 0 ? "names a server and a database" : null;
    }

    public IDatabaseProvider MakeProvider(IServiceProvider services, string? connectionString) => new SqlServerProvider(connectionString!);

    public IDispatchStore MakeDispatchStore(IDatabaseProvider provider) => new SqlServerDispatchStore(((SqlServerProvider)provider).DispatchConnectionString);
}
