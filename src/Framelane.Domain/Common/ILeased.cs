namespace Framelane.Domain.Common;

/// <summary>What workers hold by a lease and a fence: every claim raises the fence, and whoever holds an older one has lost its lease.</summary>
public interface ILeased
{
    /// <summary>When a worker may take it up: at once, or when the lease of the one that has it ends.</summary>
    DateTimeOffset ClaimableAt { get; }

    long Fence { get; }

    /// <summary>How often a worker has taken it up; a run that was handed back does not count.</summary>
    int Runs { get; }

    /// <summary>Whether the claim with this fence still stands.</summary>
    bool IsHeld(long fence);

    DateTimeOffset CreatedAt { get; }

    /// <summary>The worker has to stop before it is done: another may take it up from then on, and this run does not count.</summary>
    void HandBack(DateTimeOffset claimableAt);
}
