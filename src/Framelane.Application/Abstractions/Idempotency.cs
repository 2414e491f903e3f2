namespace Framelane.Application.Abstractions;

/// <summary>Remembers answers under <c>Idempotency-Key</c> (contract/api.md, "Idempotency").</summary>
public interface IIdempotencyStore
{
    /// <summary>Takes the key for this request, or says what is known of it.</summary>
    /// <param name="scope">Workspace and route; the route alone where there is no workspace.</param>
    /// <param name="fingerprint">A digest of path and body: what "the same request" means.</param>
    Task<IdempotencyOutcome> ClaimAsync(string scope, string key, byte[] fingerprint, CancellationToken cancellationToken);

    /// <summary>Prolongs the claim's lease of 60 s.</summary>
    /// <returns>Whether it was still held.</returns>
    Task<bool> RenewAsync(IdempotencyClaim claim, CancellationToken cancellationToken);

    /// <summary>Gives the key back: nothing was committed under it.</summary>
    Task ReleaseAsync(IdempotencyClaim claim, CancellationToken cancellationToken);
}

public enum IdempotencyOutcomeKind
{
    /// <summary>The key is ours: do the work.</summary>
    Claimed,

    /// <summary>The work was done: give its answer again.</summary>
    Replay,

    /// <summary>The key belongs to another request.</summary>
    Conflict,

    /// <summary>The first request with this key still runs.</summary>
    InProgress,
}

/// <param name="Claim">Set where it was claimed.</param>
/// <param name="Answer">Set where it is a replay: the remembered body.</param>
public sealed record IdempotencyOutcome(IdempotencyOutcomeKind Kind, IdempotencyClaim? Claim = null, byte[]? Answer = null);

/// <summary>A held key. The token fences: a claim whose lease ran out and was taken over can commit nothing.</summary>
public sealed record IdempotencyClaim(string Scope, string Key, long Token);

/// <summary>The claim that this request holds, if it holds one: the unit of work remembers the answer under it.</summary>
public sealed class IdempotencyContext
{
    public IdempotencyClaim? Claim { get; set; }

    /// <summary>Whether an answer was committed under the claim; what was committed is never released.</summary>
    public bool Committed { get; set; }

    /// <summary>Takes the claim out, for a transaction whose result is not yet the answer.</summary>
    public IdempotencyClaim? SetAside()
    {
        var claim = Claim;
        Claim = null;
        return claim;
    }
}
