using Framelane.Application.Abstractions;
using Framelane.Domain.Identities;
using Framelane.Domain.Signups;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;
using Microsoft.Extensions.Options;

namespace Framelane.Application.Plans;

/// <summary>
/// Takes what a month's minutes have come to from a workspace that is deleted to the next one of the same owner: a plan's cap is a month's,
/// and not a workspace's. Within the transactions that delete and that let in.
/// </summary>
public sealed class FormerUse(ISpentMinutes spent, IUsageLedger ledger, IOptions<PlanOptions> plans)
{
    /// <summary>To be called before the workspace forgets its address.</summary>
    public async Task NoteAsync(Workspace workspace, IReadOnlyList<IdentityName> identities, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var owners = OwnersOf(workspace, identities);
        var month = CalendarMonth.Of(now);
        var used = owners.Count == 0 ? 0 : (await ledger.CommittedAsync(workspace.Id, month, cancellationToken)).Used;
        if (used == 0)
            return;
        foreach (var owner in owners)
            await spent.NoteAsync(owner, month, used, cancellationToken);
    }

    /// <summary>To be called once the workspace has its address. Only a plan with a cap asks for it.</summary>
    public async Task CarryAsync(Workspace workspace, IReadOnlyList<IdentityName> identities, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (plans.Value.Of(workspace.Plan).CapMilliseconds is null)
            return;

        // The most of them and not their sum: who entered by the console had an address too, for the same use.
        var most = 0L;
        foreach (var owner in OwnersOf(workspace, identities))
            most = Math.Max(most, await spent.FindAsync(owner, CalendarMonth.Of(now), cancellationToken));
        if (UsageEntry.OfFormer(workspace.Id, most, now) is { } entry)
            ledger.Add(entry);
    }

    static IReadOnlyList<OwnerName> OwnersOf(Workspace workspace, IReadOnlyList<IdentityName> identities) =>
    [
        .. identities.Select(OwnerName.Of),
        .. workspace is { Email: { } email, EmailVerified: true } ? (OwnerName[])[OwnerName.Of(EmailAddress.FromChecked(email))] : [],
    ];
}
