using System.Linq.Expressions;
using Framelane.Domain.Assets;
using Framelane.Domain.Audit;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Domain.Jobs;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;

namespace Framelane.Infrastructure.Persistence.Model;

/// <summary>"Older than" on ids, for pages by key: ids sort by time, and C# has no operator on them that could be translated.</summary>
static class KeysetFunctions
{
    public static bool IsBefore(AttemptId id, AttemptId other) => throw InQueriesOnly();

    public static bool IsBefore(WebhookId id, WebhookId other) => throw InQueriesOnly();

    public static bool IsBefore(DeliveryId id, DeliveryId other) => throw InQueriesOnly();

    public static bool IsBefore(EventId id, EventId other) => throw InQueriesOnly();

    public static bool IsBefore(AuditEntryId id, AuditEntryId other) => throw InQueriesOnly();

    public static bool IsBefore(JobId id, JobId other) => throw InQueriesOnly();

    public static bool IsBefore(AssetId id, AssetId other) => throw InQueriesOnly();

    public static bool IsBefore(WorkspaceId id, WorkspaceId other) => throw InQueriesOnly();

    public static void Register(ModelBuilder builder)
    {
        Register<AttemptId>(builder);
        Register<WebhookId>(builder);
        Register<DeliveryId>(builder);
        Register<EventId>(builder);
        Register<WorkspaceId>(builder);
        Register<AuditEntryId>(builder);
        Register<JobId>(builder);
        Register<AssetId>(builder);
    }

    static void Register<TId>(ModelBuilder builder) => builder
        .HasDbFunction(typeof(KeysetFunctions).GetMethod(nameof(IsBefore), [typeof(TId), typeof(TId)])!)
        .HasTranslation(arguments => new SqlBinaryExpression(ExpressionType.LessThan, arguments[0], arguments[1], typeof(bool), null));

    static InvalidOperationException InQueriesOnly() => new("Only for use in queries.");
}
