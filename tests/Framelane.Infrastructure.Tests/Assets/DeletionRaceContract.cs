using System.Diagnostics;
using Framelane.Application.Assets;
using Framelane.Application.Assets.Delete;
using Framelane.Application.Common;
using Framelane.Application.Jobs;
using Framelane.Application.Renders.Create;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Assets;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Infrastructure.Persistence.Maintenance;
using Framelane.Infrastructure.Tests.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Assets;

/// <summary>An asset goes at the moment in which a job that reads it is submitted, again and again, on every database.</summary>
[EveryDatabase]
public sealed class DeletionRaceContract<TDatabase> : AssetStorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    const int Rounds = 40;

    /// <summary>Microseconds by which the one that came second is let off earlier in the next round, twice as much each time that it comes second again: so both come about
    /// at once, however fast the machine is.</summary>
    const int Handicap = 2_000, Farthest = 300_000;

    [TestCase(false, false)]
    [TestCase(false, true)]
    [TestCase(true, false)]
    [TestCase(true, true)]
    public async Task Either_the_job_has_its_source_or_it_is_refused(bool isFont, bool isSwept)
    {
        var random = new Random(11);
        var (refused, lead, step, wasRefused) = (0, 0, Handicap, false);
        for (var round = 0; round < Rounds; round++)
        {
            var asset = await AddReadyAsync(isFont, $"Family {round}", isSwept);
            var scene = isFont ? TextIn($"Family {round}") : ClipOf(asset);
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var submitting = AfterAsync(start.Task, Math.Max(0, lead) + random.Next(Handicap), () => SubmitAsync(scene));
            var deleting = AfterAsync(start.Task, Math.Max(0, -lead) + random.Next(Handicap), () => isSwept ? SweepAsync(asset) : DeleteAsync(asset));
            start.SetResult();
            var (submitted, isDeleted) = (await submitting, await deleting);

            var job = submitted.Value?.Id;
            var has = job is not null && await Worker.ReadAsync(db => db.JobSources.AnyAsync(source => source.AssetId == asset.Id));
            Assert.That((submitted.IsSuccess, has), Is.EqualTo((!isDeleted, !isDeleted)), $"round {round}");
            refused += job is null ? 1 : 0;
            (step, wasRefused) = (job is null == wasRefused ? step * 2 : Handicap, job is null);
            lead = Math.Clamp(lead + (wasRefused ? -step : step), -Farthest, Farthest);
            step = Math.Min(step, Farthest);
            if (job is null)
                Assert.That(((ValidationError)submitted.Error!).Faults.Single().Type, Is.EqualTo(isFont ? "enum" : "source_not_found"));
            else
                Assert.That((await Worker.FindAssetAsync(asset.Id)).Status, Is.EqualTo(AssetStatus.Ready));
        }

        Assert.That(refused, Is.InRange(1, Rounds - 1), "Each of the two came first sometimes.");
    }

    static async Task<T> AfterAsync<T>(Task start, int microseconds, Func<Task<T>> work)
    {
        await start;
        return await Task.Run(() =>
        {
            var begun = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(begun).TotalMicroseconds < microseconds)
                Thread.SpinWait(10);
            return work();
        });
    }

    static CreateRenderRequest TextIn(string family) => new() { Elements = [new TextElement { Text = "a", Duration = 1, FontFamily = family }] };

    CreateRenderRequest ClipOf(Asset asset) => new() { Elements = [new VideoElement { SourceUrl = Worker.Get<SourceUrls>().Of(asset)! }] };

    async Task<Asset> AddReadyAsync(bool isFont, string family, bool isOver)
    {
        await Worker.ImportAsync(WorkspaceId, Later());
        var claim = (await Queue.ClaimAsync(1, CancellationToken.None)).Single();
        var found = isFont
            ? new(MediaTypes.Find("font/ttf")!, new(AssetKind.Font, null, null, null) { Fonts = [new(family, 400, 400, 5, false)] })
            : Found;
        await Queue.ReadyAsync(claim, found, new($"{WorkspaceId}/{claim.Id}", 1), CancellationToken.None);
        if (isOver)
            await Worker.WriteAsync(db => db.Assets.Where(asset => asset.Id == claim.Id).ExecuteUpdateAsync(asset => asset.SetProperty(row => row.ExpiresAt, Now)));
        return await Worker.FindAssetAsync(claim.Id);
    }

    async Task<Result<JobResponse>> SubmitAsync(CreateRenderRequest scene)
    {
        await using var scope = Worker.Scope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(new CreateRenderCommand(Actor.System(WorkspaceId), scene));
    }

    async Task<bool> DeleteAsync(Asset asset)
    {
        await using var scope = Worker.Scope();
        return (await scope.ServiceProvider.GetRequiredService<ISender>().Send(new DeleteAssetCommand(Actor.System(WorkspaceId), asset.Id.Value))).IsSuccess;
    }

    async Task<bool> SweepAsync(Asset asset)
    {
        await Worker.Get<StorageSweep>().RunAsync(CancellationToken.None);
        return !await Worker.ReadAsync(db => db.Assets.AnyAsync(row => row.Id == asset.Id && row.Status == AssetStatus.Ready));
    }
}
