using Framelane.Infrastructure.Jobs;
using Framelane.Infrastructure.Tests.Assets;
using Framelane.Infrastructure.Tests.Jobs;
using Framelane.Infrastructure.Tests.Persistence;

namespace Framelane.Infrastructure.Tests.Postgres;

/// <summary>Somebody has a workspace's row and does not let it go, as a process that is stopped in a transaction.</summary>
public sealed class FrozenWorkspaceTests : AssetStorageTests<PostgresDatabase>
{
    [TestCase(1)]
    [TestCase(101)]
    public async Task Jobs_of_others_are_claimed_and_its_own_stay_due_in_their_order(int count)
    {
        var frozen = await AddWorkspaceAsync();
        var own = await Worker.SubmitJobAsync(frozen, Later());
        for (var i = 1; i < count; i++)
            await Worker.SubmitJobAsync(frozen, Later());
        var jobs = Worker.Get<JobQueue>();
        var other = await Worker.SubmitJobAsync(WorkspaceId, Later());

        await using (var row = await Database.HoldWorkspaceAsync(frozen.Value))
        {
            var claimed = await jobs.ClaimAsync(1, CancellationToken.None).InTimeAsync();
            Assert.That(claimed.Select(job => job.Id), Is.EqualTo(new[] { other }));
        }

        Assert.That((await jobs.ClaimAsync(1, CancellationToken.None)).Select(job => job.Id), Is.EqualTo(new[] { own }));
    }
}
