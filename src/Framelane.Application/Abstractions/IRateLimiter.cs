namespace Framelane.Application.Abstractions;

/// <summary>Counts requests in windows of one minute, each of which starts with its first request.</summary>
public interface IRateLimiter
{
    /// <summary>Counts a request, where there is room for it.</summary>
    /// <param name="limit">Requests a window.</param>
    ValueTask<RateQuota> TakeAsync(RatePartition partition, int limit, CancellationToken cancellationToken);

    /// <summary>How things stand, without counting.</summary>
    ValueTask<RateQuota> PeekAsync(RatePartition partition, int limit, CancellationToken cancellationToken);
}

/// <summary>Who is counted, and for what: of each kind apart.</summary>
public readonly record struct RatePartition(RateKind Kind, string Key)
{
    /// <summary>Whether it is of an address, of which there may be any number, and not of a workspace.</summary>
    public bool IsOfAddress => Kind is RateKind.Address or RateKind.WrongKeys;
}

public enum RateKind
{
    /// <summary>Requests of one workspace; the key is its id.</summary>
    Workspace,

    /// <summary>Requests without a key, by client address.</summary>
    Address,

    /// <summary>Keys that turned out to be wrong, by client address.</summary>
    WrongKeys,

    /// <summary>Pages of the payment provider that a workspace opens; the key is its id. They count as its requests too.</summary>
    BillingPages,

    /// <summary>Requests to an upload's signed address; the key is the upload's id.</summary>
    UploadParts,
}

/// <param name="Allowed">When taken: whether the request was counted. When looked at: whether one would be.</param>
/// <param name="Reset">How long until the whole limit is there again.</param>
public readonly record struct RateQuota(bool Allowed, int Limit, int Remaining, TimeSpan Reset);
