using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Rotation;
using Microsoft.Extensions.DependencyInjection;

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
    public async Task Of_a_workspace_that_is_not_there_there_is_none() =>
        Assert.That(await Reader.ReadSnapshotAsync(WorkspaceId.New(Now), CancellationToken.None), Is.Null);
}
