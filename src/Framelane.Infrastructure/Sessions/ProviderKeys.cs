using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Framelane.Infrastructure.Sessions;

/// <summary>
/// The identity provider's signing keys: read when they are first needed, again when they are old or do not have the one that is asked
/// for, and relied on while the provider is away.
/// </summary>
sealed partial class ProviderKeys(IOptions<OidcOptions> options, IDocumentRetriever documents, TimeProvider time, ILogger<ProviderKeys> logger)
{
    /// <summary>From one read to the next, whatever is asked for: tokens that a stranger made up must not become requests to the provider.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>Keys this old are read again while they still serve: what the provider took back is gone by then.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>Keys this old serve no more, or whoever keeps us from the provider could keep a key alive that it took back.</summary>
    public static readonly TimeSpan Spoilt = TimeSpan.FromHours(24);

    static readonly string[] Asymmetric = [JsonWebAlgorithmsKeyTypes.RSA, JsonWebAlgorithmsKeyTypes.EllipticCurve];

    readonly Lock mutex = new();

    Task reading = Task.CompletedTask;

    long? readStarted;

    KeySet? known;

    /// <summary>The keys of that id, of which there should be one; none where the provider has none.</summary>
    /// <exception cref="UnavailableException">The keys cannot be had.</exception>
    public async Task<IReadOnlyList<JsonWebKey>> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        if (Known is { } kept && kept.Of(keyId) is { Count: > 0 } found)
        {
            if (time.GetElapsedTime(kept.ReadAt) >= Fresh)
                _ = ReadAsync();
            return found;
        }

        // Waited for, so that the first token after a rollover is let in; but not longer than its request does.
        await ReadAsync().WaitAsync(cancellationToken);
        return (Known ?? throw new UnavailableException("The identity provider's keys cannot be had.")).Of(keyId);
    }

    KeySet? Known => Volatile.Read(ref known) is { } kept && time.GetElapsedTime(kept.ReadAt) < Spoilt ? kept : null;

    /// <summary>Joins a read that is under way, or begins one unless the last is too short a time ago.</summary>
    Task ReadAsync()
    {
        lock (mutex)
        {
            if (!reading.IsCompleted || (readStarted is { } last && time.GetElapsedTime(last) < Pause))
                return reading;
            readStarted = time.GetTimestamp();
            return reading = Task.Run(TryReadAsync);
        }
    }

    async Task TryReadAsync()
    {
        var issuer = options.Value.Issuer!;
        try
        {
            var started = time.GetTimestamp();
            var address = issuer.TrimEnd('/') + "/.well-known/openid-configuration";
            var configuration = await OpenIdConnectConfigurationRetriever.GetAsync(address, documents, CancellationToken.None);

            // OpenID Connect Discovery, 4.3: or another provider's keys would count as this one's.
            if (configuration.Issuer != issuer)
                throw new InvalidOperationException($"It says of itself that it is {configuration.Issuer}.");

            // A provider signs with some key. Taken as it is, an answer without one would make all tokens wrong ones.
            JsonWebKey[] keys = [.. (configuration.JsonWebKeySet?.Keys ?? []).Where(Signs)];
            if (keys.Length == 0)
                throw new InvalidOperationException("It names no key that session tokens can be signed with here.");
            Volatile.Write(ref known, new(started, keys));
        }
        catch (Exception failure)
        {
            LogNotRead(failure, issuer);
        }
    }

    static bool Signs(JsonWebKey key) =>
        Asymmetric.Contains(key.Kty)
        && key.Use is null or "" or JsonWebKeyUseNames.Sig
        && !string.IsNullOrEmpty(key.Kid)
        && (string.IsNullOrEmpty(key.Alg) || SessionTokens.Algorithms.Contains(key.Alg));

    [LoggerMessage(LogLevel.Warning, "The keys of the identity provider {Issuer} could not be read")]
    partial void LogNotRead(Exception failure, string issuer);

    sealed record KeySet(long ReadAt, IReadOnlyList<JsonWebKey> Keys)
    {
        public IReadOnlyList<JsonWebKey> Of(string keyId) => [.. Keys.Where(key => key.Kid == keyId)];
    }
}
