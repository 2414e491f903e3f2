using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Configuration;

/// <summary>Section <c>Framelane:Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Framelane:Database";

    public const string ConnectionStringKey = $"{Section}:{nameof(ConnectionString)}";

    public const string Sqlite = "sqlite";
    public const string SqlServer = "sqlserver";

    /// <summary><c>sqlite</c> or <c>sqlserver</c>.</summary>
    public string Provider { get; set; } = Sqlite;

    /// <summary>Left out, it is a SQLite file in the data folder.</summary>
    public string? ConnectionString { get; set; }
}

sealed class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>
{
    const string ProviderKey = $"{DatabaseOptions.Section}:{nameof(DatabaseOptions.Provider)}";

    // Messages never hold the connection string: it may hold a password.
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options) => options.Provider switch
    {
        DatabaseOptions.Sqlite => options.ConnectionString is null ? ValidateOptionsResult.Success : CheckSqlite(options.ConnectionString),
        DatabaseOptions.SqlServer => CheckSqlServer(options.ConnectionString),
        "postgres" => ValidateOptionsResult.Fail($"{ProviderKey}: this build has no postgres yet; use sqlite or sqlserver."),
        _ => ValidateOptionsResult.Fail($"{ProviderKey} is sqlite or sqlserver, not '{options.Provider}'."),
    };

    static ValidateOptionsResult CheckSqlite(string connectionString)
    {
        if (Parse<SqliteConnectionStringBuilder>(connectionString) is not { } parsed)
            return Malformed();
        return parsed.DataSource.Length == 0 || parsed.DataSource == ":memory:" || parsed.Mode == SqliteOpenMode.Memory
            ? ValidateOptionsResult.Fail($"{DatabaseOptions.ConnectionStringKey} names a file, as in 'Data Source=framelane.db'.")
            : ValidateOptionsResult.Success;
    }

    static ValidateOptionsResult CheckSqlServer(string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
            return ValidateOptionsResult.Fail($"{DatabaseOptions.ConnectionStringKey} has to be given where {ProviderKey} is sqlserver.");
        if (Parse<SqlConnectionStringBuilder>(connectionString) is not { } parsed)
            return Malformed();
        return parsed.DataSource.Length == 0 || parsed.InitialCatalog.Length == 0
            ? ValidateOptionsResult.Fail($"{DatabaseOptions.ConnectionStringKey} names a server and a database.")
            : ValidateOptionsResult.Success;
    }

    static ValidateOptionsResult Malformed() => ValidateOptionsResult.Fail($"{DatabaseOptions.ConnectionStringKey} is not a connection string of that provider.");

    static T? Parse<T>(string connectionString)
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
