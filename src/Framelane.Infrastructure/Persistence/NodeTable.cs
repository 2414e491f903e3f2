using Framelane.Infrastructure.Persistence.Records;
using Framelane.Infrastructure.Rotation;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence;

sealed class NodeTable(TimelyContexts contexts, IDatabaseProvider provider) : INodeTable
{
    public async Task BeatAsync(string nodeId, string name, string roles, CancellationToken cancellationToken)
    {
        using var turn = await provider.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.OpenAsync(cancellationToken);
        var now = await provider.ReadClockAsync(db, cancellationToken);
        var known = await db.Nodes
            .Where(node => node.Id == nodeId)
            .ExecuteUpdateAsync(node => node.SetProperty(row => row.HeartbeatAt, now), cancellationToken);
        if (known > 0)
            return;
        db.Nodes.Add(new NodeRecord { Id = nodeId, Name = name, Roles = roles, StartedAt = now, HeartbeatAt = now });
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task<bool> AnyOtherAsync(string nodeId, TimeSpan within, CancellationToken cancellationToken)
    {
        await using var db = await contexts.OpenAsync(cancellationToken);
        var since = await provider.ReadClockAsync(db, cancellationToken) - within;
        return await db.Nodes.AnyAsync(node => node.Id != nodeId && node.HeartbeatAt > since, cancellationToken);
    }

    public async Task RemoveAsync(string nodeId, CancellationToken cancellationToken)
    {
        using var turn = await provider.EnterWriteAsync(cancellationToken);
        await using var db = await contexts.OpenAsync(cancellationToken);
        await db.Nodes.Where(node => node.Id == nodeId).ExecuteDeleteAsync(cancellationToken);
    }
}
