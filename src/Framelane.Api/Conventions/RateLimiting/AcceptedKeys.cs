using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Framelane.Api.Conventions.Authentication;
using Framelane.Application.Abstractions;
using Framelane.Domain.Identities;

namespace Framelane.Api.Conventions.RateLimiting;

/// <summary>Remembers, by digest, keys that were right and people whose token was: whoever guesses must not shut out the owners of real ones at the same address.</summary>
/// <remarks>
/// It lets nobody in. A remembered one is looked up like every other, only not refused unseen. Of a session that is whoever its token names, for the
/// console gets another token each minute; a token that was made up in that name is found wrong by its signature, before the database is asked.
/// </remarks>
sealed class AcceptedKeys(ISessionTokens sessions)
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

    /// <summary>
    /// A key that is wrong was revoked, and who proves to be somebody without a workspace has lost it. Any other token may have run out, or be
    /// somebody else's work, by which nobody is to be shut out.
    /// </summary>
    public async Task RemoveAsync(BearerCredential key, CancellationToken cancellationToken)
    {
        if (key.Session is not { } session || (Contains(key) && await sessions.VerifyAsync(session, cancellationToken) is not null))
            digests.TryRemove(DigestOf(key), out _);
    }

    string DigestOf(BearerCredential key) => Convert.ToHexStringLower(
        key.Session is { } session && sessions.NameIn(session) is { } name ? DigestOf(name) : key.Hash());

    static byte[] DigestOf(IdentityName name) => SHA256.HashData(Encoding.UTF8.GetBytes($"session {name}"));
}
