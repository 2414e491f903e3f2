using Framelane.Application.Abstractions;
using Framelane.Application.Jobs;
using Framelane.Domain.Common;
using Framelane.Domain.Jobs;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Tests.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Jobs;

/// <summary>What it costs the database that many wait for a job.</summary>
[EveryDatabase]
public sealed class JobWaitContract<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    const int Waits = 50;

    [Test]
    public async Task However_many_wait_the_job_is_looked_at_as_often_as_for_one()
    {
        var reads = new Reads();
        await using var host = NewHost(services => services
            .AddSingleton<IPublicUrls, ExampleUrls>()
            .ConfigureDbContext<FramelaneDbContext>(options => options.AddInterceptors(reads)));
        var id = await Host.SubmitJobAsync(WorkspaceId, Now);
        var waiting = Enumerable.Range(0, Waits).Select(_ => WaitAsync(host, id)).ToArray();
        await Eventually.HoldsAsync(() => reads.Count >= Waits);
        var until = Now.AddSeconds(2);
        await Eventually.HoldsAsync(() =>
        {
            Time.Advance(TimeSpan.FromMilliseconds(20));
            return Now >= until;
        });
        Assert.That(reads.Count, Is.AtMost(Waits + 10));
        await Host.WriteAsync(async db => (await db.Jobs.SingleAsync(job => job.Id == id)).Cancel(Now));
        await Eventually.HoldsAsync(() =>
        {
            Time.Advance(TimeSpan.FromMilliseconds(20));
            return waiting.All(wait => wait.IsCompleted);
        });
        Assert.That((await Task.WhenAll(waiting)).Select(answer => answer.Value!.Status), Is.All.EqualTo(JobStatus.Cancelled));
    }

    async Task<Result<JobResponse>> WaitAsync(TestHost host, JobId id)
    {
        await using var scope = host.Scope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(new GetJobQuery(WorkspaceId, JobKind.Render, id.Value, TimeSpan.FromSeconds(25)));
    }
}
