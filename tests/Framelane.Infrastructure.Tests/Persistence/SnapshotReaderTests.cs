using Framelane.Application.Abstractions;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Rotation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Tests.Persistence;

[EveryDatabase]
public sealed class SnapshotReaderTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    ISnapshotReader Reader => Host.Get<ISnapshotReader>();

    [Test]
    public async Task Epochs_are_those_that_were_committed_last()
    {
        var other = await AddWorkspaceAsync();
        await using var elsewhere = NewHost();
        for (var epoch = 2; epoch < 12; epoch++)
        {
            await elsewhere.WriteAsync((services, token) => RotateAsync(services, WorkspaceId, token));
            var (epochs, _) = await Reader.ReadEpochsAsync([WorkspaceId, other, WorkspaceId.New(Now)], CancellationToken.None);
            Assert.That(epochs, Is.EquivalentTo(new Dictionary<WorkspaceId, long> { [WorkspaceId] = epoch, [other] = 1 }));
        }
    }

    [Test]
    public async Task An_epoch_that_is_not_committed_yet_is_not_read_and_is_not_waited_for()
    {
        var raised = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var rotation = Host.WriteAsync(async (services, token) =>
        {
            var secret = await RotateAsync(services, WorkspaceId, token);
            await services.GetRequiredService<Infrastructure.Persistence.FramelaneDbContext>().SaveChangesAsync(token);
            raised.SetResult();
            await goOn.Task;
            return secret;
        });
        await raised.Task.InTimeAsync();
        Assert.That((await Reader.ReadEpochsAsync([WorkspaceId], CancellationToken.None).InTimeAsync()).Epochs[WorkspaceId], Is.EqualTo(1));
        goOn.SetResult();
        await rotation.InTimeAsync();
        Assert.That((await Reader.ReadEpochsAsync([WorkspaceId], CancellationToken.None)).Epochs[WorkspaceId], Is.EqualTo(2));
    }

    [Test]
    public async Task A_snapshot_is_of_one_epoch_with_its_secrets_and_endpoints()
    {
        var webhook = await AddWebhookAsync();
        await AddWebhookAsync(workspaceId: await AddWorkspaceAsync());
        var snapshot = (await Reader.ReadSnapshotAsync(WorkspaceId, CancellationToken.None))!.Value.Snapshot;
        Assert.That((snapshot.WorkspaceId, snapshot.Epoch), Is.EqualTo((WorkspaceId, 1L)));
        Assert.That(snapshot.Endpoints.Keys, Is.EqualTo([webhook.Id]));
    }

    [Test]
    public async Task Epochs_and_snapshots_show_all_that_was_committed_when_they_say_that_their_read_began()
    {
        var clock = new CommittingClock(Now);
        await using var host = new TestHost(Database, clock);
        var reader = host.Get<ISnapshotReader>();
        clock.Commit = RotateAsync;

        var (epochs, started) = await reader.ReadEpochsAsync([WorkspaceId], CancellationToken.None);
        var permit = (await reader.ReadSnapshotAsync(WorkspaceId, CancellationToken.None))!.Value;

        Assert.That(epochs[WorkspaceId], Is.EqualTo(clock.EpochAt(started)));
        Assert.That(permit.Snapshot.Epoch, Is.EqualTo(clock.EpochAt(permit.ReadStarted)));
    }

    [Test]
    public async Task A_snapshot_mixes_nothing_of_before_a_change_with_what_was_changed()
    {
        var webhook = await AddWebhookAsync();
        using var change = new BeforeStatements("webhooks", () => Host.WriteAsync<bool>(async (services, token) =>
        {
            var workspace = await services.GetRequiredService<IWorkspaceRepository>().GetForUpdateAsync(WorkspaceId, token);
            var changed = await services.GetRequiredService<IWebhookRepository>().FindAsync(WorkspaceId, webhook.Id.Value, token);
            changed!.Disable(DisabledReasons.ByOwner);
            workspace.ChangeEndpoints();
            return true;
        }));
        await using var host = NewHost(services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(change)));

        var snapshot = (await host.Get<ISnapshotReader>().ReadSnapshotAsync(WorkspaceId, CancellationToken.None))!.Value.Snapshot;

        Assert.That((snapshot.Epoch, snapshot.Endpoints[webhook.Id].Enabled), Is.EqualTo((2L, false)));
    }

    [Test]
    public async Task Of_a_workspace_that_is_not_there_there_is_none() =>
        Assert.That(await Reader.ReadSnapshotAsync(WorkspaceId.New(Now), CancellationToken.None), Is.Null);
}
