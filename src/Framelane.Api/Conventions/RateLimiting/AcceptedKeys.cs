using System.Collections.Concurrent;
using Framelane.Api.Conventions.Authentication;

namespace Framelane.Api.Conventions.RateLimiting;

/// <summary>Remembers, by digest, keys and tokens that were right: whoever guesses must not shut out the owners of real ones at the same address.</summary>
/// <remarks>It lets nobody in. A remembered one is looked up like every other, only not refused unseen.</remarks>
sealed class AcceptedKeys
{
    const int Max = 10_000;

    readonly ConcurrentDictionary<string, bool> digests = new();

    public bool Contains(BearerCredential key) => digests.ContainsKey(DigestOf(key));

    public void Add(BearerCredential key)
    {
        // Forgetting all of them costs only owners who share an address with a guesser, and them one window.
        if (digests.Count >= Max)
            digests.Clear();
        digests.TryAdd(DigestOf(key), true);
    }

    public void Remove(BearerCredential key) => digests.TryRemove(DigestOf(key), out _);

    static string DigestOf(BearerCredential key) => Convert.ToHexStringLower(key.Hash());
}
