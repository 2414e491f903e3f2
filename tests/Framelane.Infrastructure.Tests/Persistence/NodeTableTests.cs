using Framelane.Infrastructure.Rotation;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.Persistence;

[EveryDatabase]
public sealed class NodeTableTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    static readonly TimeSpan Lately = TimeSpan.FromSeconds(60);

    INodeTable Table => Host.Get<INodeTable>();

    [Test]
    public async Task A_node_does_not_count_itself()
    {
        await BeatAsync("one");
        Assert.That(await Table.AnyOtherAsync("one", Lately, CancellationToken.None), Is.False);
        Assert.That(await Table.AnyOtherAsync("two", Lately, CancellationToken.None));
    }

    [Test]
    public async Task Another_counts_as_long_as_its_heart_beat_lately()
    {
        await BeatAsync("one");
        await AgeAsync(TimeSpan.FromSeconds(50));
        Assert.That(await Table.AnyOtherAsync("two", Lately, CancellationToken.None));
        await AgeAsync(TimeSpan.FromSeconds(11));
        Assert.That(await Table.AnyOtherAsync("two", Lately, CancellationToken.None), Is.False);

        await BeatAsync("one");
        Assert.That(await Table.AnyOtherAsync("two", Lately, CancellationToken.None));
        Assert.That(await Host.ReadAsync(db => db.Nodes.CountAsync()), Is.EqualTo(1));
    }

    [Test]
    public async Task A_clock_that_stepped_forward_makes_no_rotation_forget_who_beat_a_moment_ago()
    {
        await BeatAsync("one");
        await AgeAsync(TimeSpan.FromMinutes(2));
        Assert.That(await Host.Get<NodeRegistry>().OthersMayRunAsync(CancellationToken.None));
    }

    [Test]
    public async Task One_that_took_itself_off_no_longer_counts()
    {
        await BeatAsync("one");
        await Table.RemoveAsync("one", CancellationToken.None);
        Assert.That(await Table.AnyOtherAsync("two", Lately, CancellationToken.None), Is.False);
    }

    /// <remarks>The clock is the database's, so the rows grow older and not the time.</remarks>
    Task AgeAsync(TimeSpan by) => Host.WriteAsync(async db =>
    {
        foreach (var node in await db.Nodes.ToListAsync())
            node.HeartbeatAt -= by;
    });

    Task BeatAsync(string id) => Table.BeatAsync(id, id, "api", CancellationToken.None);
}
