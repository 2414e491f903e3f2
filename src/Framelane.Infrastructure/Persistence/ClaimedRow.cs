using System.Data.Common;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Persistence.Model;

namespace Framelane.Infrastructure.Persistence;

/// <summary>A claimed delivery as the dispatch stores' statements answer it: the columns of the delivery in one order, and the event's body, if it is short, and trace context.</summary>
static class ClaimedRow
{
    public static ClaimedDelivery Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        WorkspaceId = WorkspaceId.FromStored(row.GetString(1)),
        EventId = row.GetString(2),
        EventType = row.GetString(3),
        JobId = row.IsDBNull(4) ? null : row.GetString(4),
        WebhookId = row.IsDBNull(5) ? null : row.GetString(5),
        Url = row.IsDBNull(6) ? null : row.GetString(6),
        Lane = row.GetString(7),
        OneShot = row.GetBoolean(8),
        AttemptId = row.GetString(9),
        AttemptNumber = row.GetInt32(10),
        Step = row.GetInt32(11),
        ScheduledAt = UnixMicroseconds.ToMoment(row.GetInt64(12)),
        Fence = row.GetInt64(13),
        DueAt = UnixMicroseconds.ToMoment(row.GetInt64(14)),
        Body = row.IsDBNull(15) ? null : row.GetFieldValue<byte[]>(15),
        TraceParent = row.IsDBNull(16) ? null : row.GetString(16),
    };
}
