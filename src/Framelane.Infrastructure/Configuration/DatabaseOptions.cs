using Framelane.Infrastructure.Persistence;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Configuration;

/// <summary>Section <c>Framelane:Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Framelane:Database";

    public const string ConnectionStringKey = $"{Section}:{nameof(ConnectionString)}";

    public const string Sqlite = "sqlite";
    public const string SqlServer = "sqlserver";
    public const string Postgres = "postgres";

    /// <summary><c>sqlite</c>, <c>sqlserver</c> or <c>postgres</c>.</summary>
    public string Provider { get; set; } = Sqlite;

    /// <summary>Left out, it is a SQLite file in the data folder.</summary>
    public string? ConnectionString { get; set; }
}

sealed class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>
{
    const string ProviderKey = $"{DatabaseOptions.Section}:{nameof(DatabaseOptions.Provider)}";

    // Messages never hold the connection string: it may hold a password.
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        if (DatabaseEngines.Find(options.Provider) is not { } engine)
            return ValidateOptionsResult.Fail($"{ProviderKey} is one of {string.Join(", ", DatabaseEngines.Names)}; '{options.Provider}' is none of them.");
        if (engine.IsShared && string.IsNullOrWhiteSpace(options.ConnectionString))
            return ValidateOptionsResult.Fail($"{DatabaseOptions.ConnectionStringKey} has to be given where {ProviderKey} is {engine.Name}.");
        return options.ConnectionString is not null && engine.FaultOf(options.ConnectionString) is { } fault
            ? ValidateOptionsResult.Fail($"{DatabaseOptions.ConnectionStringKey} {fault}.")
            : ValidateOptionsResult.Success;
    }
}
