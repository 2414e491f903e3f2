using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Framelane.Infrastructure.Configuration;

/// <summary>Section <c>Framelane:Redis</c>.</summary>
public sealed class RedisOptions
{
    public const string Section = "Framelane:Redis";

    public const string ConnectionStringKey = $"{Section}:{nameof(ConnectionString)}";

    /// <summary>As StackExchange.Redis reads it; left out, there is no backplane.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Begins the names of the channel and of all keys: installations that share one Redis differ in it.</summary>
    public string Prefix { get; set; } = "framelane";

    public override string ToString() => "***";

    /// <exception cref="ArgumentException">It is no connection string; the message may hold its parts.</exception>
    internal ConfigurationOptions Parse()
    {
        var parsed = ConfigurationOptions.Parse(ConnectionString!);
        parsed.ClientName ??= "framelane";

        // Nobody waits for it: what cannot be sent now is done without it, and the connection comes back by itself.
        parsed.AbortOnConnectFail = false;
        parsed.BacklogPolicy = BacklogPolicy.FailFast;
        parsed.ReconnectRetryPolicy = new LinearRetry(500);
        return parsed;
    }
}

sealed class RedisOptionsValidator : IValidateOptions<RedisOptions>
{
    // Messages never hold the connection string: it may hold a password.
    public ValidateOptionsResult Validate(string? name, RedisOptions options)
    {
        if (options.Prefix.Length is 0 or > 64 || !options.Prefix.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':'))
            return ValidateOptionsResult.Fail($"{RedisOptions.Section}:{nameof(options.Prefix)} is 1 to 64 letters, digits, '-', '_', '.' or ':'.");
        return options.ConnectionString is null || NamesServer(options)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{RedisOptions.ConnectionStringKey} names a server, as in 'localhost:6379', and then its settings, separated by commas.");
    }

    static bool NamesServer(RedisOptions options)
    {
        try
        {
            return options.Parse().EndPoints.Count > 0;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }
}
