using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Persistence;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Secrets;

/// <summary>Keeps a valid key in the ring, and the ring openable. Old keys stay, for what they encrypted is still there.</summary>
sealed class KeyRing(IKeyManager keys, MasterKey master, IDatabaseProvider provider, IDbContextFactory<FramelaneDbContext> contexts, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <summary>When the next key is made, before the last one ends.</summary>
    static readonly TimeSpan Ahead = TimeSpan.FromDays(14);

    /// <summary>Nodes read the ring once a day; by then all know the new key.</summary>
    static readonly TimeSpan Propagation = TimeSpan.FromDays(2);

    /// <summary>Called under the setup lock.</summary>
    /// <exception cref="MasterKeyException">The master key does not open what is there.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await master.EnsureAsync(isNeeded: await db.DataProtectionKeys.AnyAsync(cancellationToken), cancellationToken);

        var ring = keys.GetAllKeys();
        foreach (var key in ring)
            EnsureOpens(key);

        var now = time.GetUtcNow();
        var live = ring.Where(key => !key.IsRevoked).ToArray();
        if (!live.Any(key => key.ActivationDate <= now && now < key.ExpirationDate))
            await AddAsync(now, cancellationToken);
        else if (live.Max(key => key.ExpirationDate) < now + Ahead)
            await AddAsync(now + Propagation, cancellationToken);
    }

    async Task AddAsync(DateTimeOffset activation, CancellationToken cancellationToken)
    {
        using var turn = await provider.EnterWriteAsync(cancellationToken);
        keys.CreateNewKey(activation, activation + Lifetime);
    }

    void EnsureOpens(IKey key)
    {
        try
        {
            if (key.CreateEncryptor() is not null)
                return;
        }
        catch (Exception failure)
        {
            throw Wrong(failure);
        }

        throw Wrong(null);
    }

    MasterKeyException Wrong(Exception? failure) => new(
        $"{SecretsOptions.MasterKeyFileKey}: the key in '{master.File}' is not the one that this database's secrets were encrypted under.",
        failure);
}
