namespace Framelane.Infrastructure.Persistence.Records;

/// <summary>A mail that is still to be sent; a sent one is deleted, for it may hold a code.</summary>
sealed class MailRecord
{
    public required string Id { get; init; }

    /// <summary>Empty where it goes to nobody and is dropped.</summary>
    public required string Recipient { get; init; }

    public required string Subject { get; init; }

    /// <summary>Encrypted.</summary>
    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it may be claimed: when it is due, or the end of the lease of the node that claimed it.</summary>
    public required DateTimeOffset ClaimableAt { get; set; }

    public int Tries { get; set; }

    /// <summary>Raised by every claim.</summary>
    public long Fence { get; set; }
}
