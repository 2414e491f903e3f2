using Framelane.Application.Abstractions;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Persistence.Maintenance;

/// <summary>Erases what deleted workspaces are at the payment provider, and what tells of that.</summary>
sealed class CustomerErasure(
    IDbContextFactory<FramelaneDbContext> contexts, DatabaseWriter writer, IBillingProvider billing, TimeProvider time, ILogger<CustomerErasure> logger)
{
    static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1), LongestPause = TimeSpan.FromHours(1);

    /// <summary>Ends what is paid for. The row that names the customer goes last, so whoever dies or fails in between does it again.</summary>
    /// <returns>Null where nothing is paid for any more; else after what time that is to be tried again.</returns>
    public async Task<TimeSpan?> EndAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var id = workspace.Id;
        if (await db.BillingAccounts.AsNoTracking().SingleOrDefaultAsync(account => account.WorkspaceId == id, cancellationToken) is not { } account)
            return null;

        // Often at first, and then for as long as it takes.
        var waited = time.GetUtcNow() - workspace.DeletedAt!.Value;
        var pause = waited < AfterFailure ? AfterFailure : waited < LongestPause ? waited : LongestPause;
        if (!billing.IsConfigured)
        {
            // Another process may have the settings. Who the customer was must not be forgotten meanwhile.
            logger.LogWarning(
                "The deleted workspace {Workspace} is a customer that may still pay, and this process has no Framelane:Stripe to end that by; tried again in {Pause}.", id, pause);
            return pause;
        }

        try
        {
            await billing.DeleteCustomerAsync(account.CustomerId, cancellationToken);
            return null;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // The payment provider is away, perhaps. What does not need it is erased all the same.
            logger.LogWarning(failure, "The customer of the deleted workspace {Workspace} could not be ended; tried again in {Pause}.", id, pause);
            return pause;
        }
    }

    /// <summary>Deletes what tells of the customer.</summary>
    /// <remarks>What is metered is found by its months.</remarks>
    public async Task<int> ForgetAsync(FramelaneDbContext db, Workspace workspace, CancellationToken cancellationToken)
    {
        var (id, gone) = (workspace.Id, 0);
        for (var month = CalendarMonth.Of(workspace.CreatedAt); month.Start <= time.GetUtcNow(); month = CalendarMonth.Of(month.End))
        {
            var start = month.Start;
            gone += await DrainAsync(db.MeteredRenders.Where(render => render.Month == start && render.WorkspaceId == id).OrderBy(render => render.Month), cancellationToken)
                + await DrainAsync(db.MeterReports.Where(report => report.Month == start && report.WorkspaceId == id).OrderBy(report => report.Month), cancellationToken);
        }

        return gone
            + await DrainAsync(db.BillingEvents.Where(handled => handled.WorkspaceId == id).OrderBy(handled => handled.Id), cancellationToken)
            + await DrainAsync(db.BillingAccounts.Where(found => found.WorkspaceId == id).OrderBy(found => found.WorkspaceId), cancellationToken);
    }

    Task<int> DrainAsync<T>(IQueryable<T> rows, CancellationToken cancellationToken) => writer.DrainAsync(rows, time, cancellationToken);
}
