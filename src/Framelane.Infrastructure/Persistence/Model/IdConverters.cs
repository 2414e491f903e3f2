using Framelane.Domain.ApiKeys;
using Framelane.Domain.Assets;
using Framelane.Domain.Audit;
using Framelane.Domain.Billing;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Domain.Jobs;
using Framelane.Domain.Signups;
using Framelane.Domain.Uploads;
using Framelane.Domain.Usage;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Framelane.Infrastructure.Persistence.Model;

/// <summary>Ids are stored as their text.</summary>
static class IdConverters
{
    /// <summary>Characters of an id column.</summary>
    public const int MaxLength = 40;

    public static void Register(ModelConfigurationBuilder builder)
    {
        Register<WorkspaceId, WorkspaceIdConverter>(builder);
        Register<ApiKeyId, ApiKeyIdConverter>(builder);
        Register<WebhookId, WebhookIdConverter>(builder);
        Register<EventId, EventIdConverter>(builder);
        Register<DeliveryId, DeliveryIdConverter>(builder);
        Register<AttemptId, AttemptIdConverter>(builder);
        Register<AuditEntryId, AuditEntryIdConverter>(builder);
        Register<JobId, JobIdConverter>(builder);
        Register<AssetId, AssetIdConverter>(builder);
        Register<ImportId, ImportIdConverter>(builder);
        Register<UploadId, UploadIdConverter>(builder);
        Register<SignupId, SignupIdConverter>(builder);
        Register<UsageEntryId, UsageEntryIdConverter>(builder);
        Register<MeterReportId, MeterReportIdConverter>(builder);
    }

    static void Register<TId, TConverter>(ModelConfigurationBuilder builder)
        where TId : struct
        where TConverter : ValueConverter, new()
    {
        // What stands for "not set". A compiled model writes it as text, which default(TId) has not.
        var unset = new TConverter().ConvertFromProvider("")!;
        builder.Properties<TId>().HaveConversion<TConverter>().HaveMaxLength(MaxLength).AreUnicode(false).HaveSentinel(unset);
        builder.DefaultTypeMapping<TId>().HasConversion<TConverter>().HasMaxLength(MaxLength).IsUnicode(false);
    }
}

sealed class WorkspaceIdConverter() : ValueConverter<WorkspaceId, string>(id => id.Value, text => WorkspaceId.FromStored(text));

sealed class ApiKeyIdConverter() : ValueConverter<ApiKeyId, string>(id => id.Value, text => ApiKeyId.FromStored(text));

sealed class WebhookIdConverter() : ValueConverter<WebhookId, string>(id => id.Value, text => WebhookId.FromStored(text));

sealed class EventIdConverter() : ValueConverter<EventId, string>(id => id.Value, text => EventId.FromStored(text));

sealed class DeliveryIdConverter() : ValueConverter<DeliveryId, string>(id => id.Value, text => DeliveryId.FromStored(text));

sealed class AttemptIdConverter() : ValueConverter<AttemptId, string>(id => id.Value, text => AttemptId.FromStored(text));

sealed class AuditEntryIdConverter() : ValueConverter<AuditEntryId, string>(id => id.Value, text => AuditEntryId.FromStored(text));

sealed class JobIdConverter() : ValueConverter<JobId, string>(id => id.Value, text => JobId.FromStored(text));

sealed class AssetIdConverter() : ValueConverter<AssetId, string>(id => id.Value, text => AssetId.FromStored(text));

sealed class ImportIdConverter() : ValueConverter<ImportId, string>(id => id.Value, text => ImportId.FromStored(text));

sealed class UsageEntryIdConverter() : ValueConverter<UsageEntryId, string>(id => id.Value, text => UsageEntryId.FromStored(text));

sealed class MeterReportIdConverter() : ValueConverter<MeterReportId, string>(id => id.Value, text => MeterReportId.FromStored(text));

sealed class SignupIdConverter() : ValueConverter<SignupId, string>(id => id.Value, text => SignupId.FromStored(text));

sealed class UploadIdConverter() : ValueConverter<UploadId, string>(id => id.Value, text => UploadId.FromStored(text));
