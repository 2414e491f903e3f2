using Framelane.Domain.Signups;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Maintenance;

/// <summary>Erases workspaces that signed up and whose address nobody verified within <see cref="Signup.Lifetime"/>, with all that they have.</summary>
/// <remarks>None of their keys was ever let in, so that is their keys and the lines that tell of their making.</remarks>
static class UnverifiedWorkspaces
{
    public const int BatchSize = 100;

    /// <summary>A verification that was in time may still be at work.</summary>
    static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    public static IQueryable<Workspace> Overdue(FramelaneDbContext db, DateTimeOffset now)
    {
        var old = now - Margin;
        return db.Workspaces.Where(workspace => workspace.VerifyBy != null && workspace.VerifyBy <= old).OrderBy(workspace => workspace.VerifyBy);
    }

    /// <summary>One batch of them, in a transaction.</summary>
    /// <returns>How many went; less than <see cref="BatchSize"/> where there are no more.</returns>
    public static Task<int> EraseAsync(FramelaneDbContext db, DatabaseWriter writer, DateTimeOffset now, CancellationToken cancellationToken) =>
        writer.ExecuteAsync(
            db,
            async token =>
            {
                var ids = await Overdue(db, now).Take(BatchSize).Select(workspace => workspace.Id).ToListAsync(token);
                if (ids.Count == 0)
                    return (0, false);
                await db.ApiKeys.Where(key => ids.Contains(key.WorkspaceId)).ExecuteDeleteAsync(token);
                await db.AuditLog.Where(entry => ids.Contains(entry.WorkspaceId)).ExecuteDeleteAsync(token);
                return (await db.Workspaces.Where(workspace => ids.Contains(workspace.Id)).ExecuteDeleteAsync(token), true);
            },
            cancellationToken);

    public static IQueryable<Signup> Forgotten(FramelaneDbContext db, DateTimeOffset now) =>
        db.Signups.Where(signup => signup.ForgetAt <= now).OrderBy(signup => signup.ForgetAt);
}
