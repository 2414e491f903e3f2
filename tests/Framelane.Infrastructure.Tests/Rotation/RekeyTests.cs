using Framelane.Infrastructure.Tests.Signing;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Infrastructure.Tests.Rotation;

/// <summary>What another process says of a workspace. The clock stands still, so that no permit grows old.</summary>
public sealed class RekeyTests
{
    [Test]
    public async Task What_is_held_is_read_at_once()
    {
        await using var node = await TestNode.StartAsync(new FakeTimeProvider());
        var workspace = node.Snapshots.Add(KnownSecrets.First);
        using var hold = node.Permits.HoldFresh(workspace);
        await hold.GetAsync(CancellationToken.None);
        node.Snapshots.Rotate(workspace, KnownSecrets.Second);

        ((FakeTimeProvider)node.Time).Advance(TimeSpan.FromTicks(1));
        node.Permits.Rekey(workspace, 2);
        ((FakeTimeProvider)node.Time).Advance(TimeSpan.FromTicks(1));

        await Eventually.HoldsAsync(() => hold.Latest?.Snapshot.Epoch == 2);
    }

    [TestCase(1)]
    [TestCase(2)]
    public async Task What_is_known_already_closes_nothing_and_reads_nothing(long epoch)
    {
        await using var node = await TestNode.StartAsync(new FakeTimeProvider());
        var workspace = node.Snapshots.Add(KnownSecrets.First);
        node.Snapshots.Rotate(workspace, KnownSecrets.Second);
        using var hold = node.Permits.HoldFresh(workspace);
        var permit = (await hold.GetAsync(CancellationToken.None))!.Value;

        node.Permits.Rekey(workspace, epoch);

        Assert.That(node.Gate.IsOpen(workspace, permit.ReadStarted), Is.True);
    }

    [Test]
    public async Task A_workspace_that_nobody_asked_for_is_closed_and_not_remembered()
    {
        await using var node = await TestNode.StartAsync(new FakeTimeProvider());
        var workspace = node.Snapshots.Add(KnownSecrets.First);
        var read = node.Time.GetTimestamp();

        node.Permits.Rekey(workspace, 2);

        Assert.That(node.Gate.TryAccept(workspace, 1, read), Is.False);
        Assert.That(node.Permits.Count, Is.Zero);
        Assert.That(node.Snapshots.EpochReads, Is.Zero);
    }
}
