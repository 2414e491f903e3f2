using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Billing;

/// <summary>Ties a workspace to its customer at the payment provider, and keeps what was read there in order.</summary>
/// <remarks>
/// Reads are numbered as they begin. What one has seen is written only if nothing is written that was seen by one that began later, so
/// whatever overtakes whatever, the last to begin stays (docs/adr/0029). To be changed under the workspace's lock.
/// </remarks>
public sealed class BillingAccount
{
    /// <summary>Characters of an id of the provider.</summary>
    public const int MaxIdLength = 255;

    BillingAccount()
    {
    }

    public WorkspaceId WorkspaceId { get; private set; }

    public string CustomerId { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The number of the read that began last; 0 before the first.</summary>
    public long LastBegun { get; private set; }

    /// <summary>The highest number of a read that was written; 0 before the first.</summary>
    public long LastWritten { get; private set; }

    /// <summary>Whether the workspace's plan is what a read gave, and not what it had before, or was put on by hand since.</summary>
    public bool GivesPlan { get; private set; }

    public static BillingAccount Open(WorkspaceId workspaceId, string customerId, DateTimeOffset now) => new()
    {
        WorkspaceId = workspaceId, CustomerId = customerId, CreatedAt = now,
    };

    /// <summary>Somebody deleted the customer at the provider, and another one takes its place.</summary>
    public void Replace(string customerId) => CustomerId = customerId;

    /// <returns>The read's number. It has to be stored before the provider is asked.</returns>
    public long BeginRead() => ++LastBegun;

    /// <summary>Somebody puts the workspace on a plan by hand. It stays until a read gives another one.</summary>
    public void Overrule() => GivesPlan = false;

    /// <param name="givesPlan">Whether what the read saw comes to a plan; else the workspace stays on the one that it is on.</param>
    /// <returns>Whether what the read saw is to be written; if not, something newer is already.</returns>
    public bool TryWrite(long read, bool givesPlan)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(read, LastBegun);
        if (read <= LastWritten)
            return false;
        (LastWritten, GivesPlan) = (read, givesPlan || GivesPlan);
        return true;
    }
}
