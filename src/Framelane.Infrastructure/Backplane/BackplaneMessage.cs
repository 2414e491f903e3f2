using System.Globalization;
using Framelane.Domain.Workspaces;

namespace Framelane.Infrastructure.Backplane;

/// <summary>What one process tells the others. Holds no secret: only what makes them look sooner.</summary>
abstract record BackplaneMessage
{
    const string Version = "1";
    const string Deliveries = "deliveries";
    const string Raised = "epoch";
    const int MaxLength = 256;

    /// <summary>As it is sent: the version, who sent it, what it is, and what belongs to that, separated by blanks.</summary>
    public string Write(string sender) => this switch
    {
        WorkspaceRekeyed rekeyed => string.Create(CultureInfo.InvariantCulture, $"{Version} {sender} {Raised} {rekeyed.WorkspaceId} {rekeyed.Epoch}"),
        _ => $"{Version} {sender} {Deliveries}",
    };

    /// <returns>Null where it is not a message that this version knows.</returns>
    public static (string Sender, BackplaneMessage Message)? TryRead(string? text)
    {
        if (text is null || text.Length > MaxLength)
            return null;
        return text.Split(' ') switch
        {
            [Version, var sender, Deliveries] => (sender, new DeliveriesWritten()),
            [Version, var sender, Raised, var id, var number] when WorkspaceId.TryParse(id) is { } workspaceId
                && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) => (sender, new WorkspaceRekeyed(workspaceId, epoch)),
            _ => null,
        };
    }
}

/// <summary>There may be deliveries to claim.</summary>
sealed record DeliveriesWritten : BackplaneMessage;

/// <summary>A change raised the workspace's epoch to this: a rotation, a webhook's new url, the revocation of a key.</summary>
sealed record WorkspaceRekeyed(WorkspaceId WorkspaceId, long Epoch) : BackplaneMessage;
