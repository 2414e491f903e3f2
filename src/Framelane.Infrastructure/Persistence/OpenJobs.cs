using Framelane.Application.Abstractions;
using Framelane.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence;

sealed class OpenJobs(IDbContextFactory<FramelaneDbContext> contexts) : IOpenJobs
{
    public async Task<IReadOnlyCollection<JobId>> FindAsync(IReadOnlyCollection<JobId> jobIds, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var open = new List<JobId>();
        foreach (var some in jobIds.Chunk(Lookups.MostIds))
            open.AddRange(await db.Jobs.Open().Where(job => some.Contains(job.Id)).Select(job => job.Id).ToListAsync(cancellationToken));
        return open;
    }
}
