using Framelane.Domain.ApiKeys;
using Framelane.Domain.Assets;
using Framelane.Domain.Audit;
using Framelane.Domain.Billing;
using Framelane.Domain.Common;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Domain.Jobs;
using Framelane.Domain.Signups;
using Framelane.Domain.Uploads;
using Framelane.Domain.Usage;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.Common;

public sealed class IdTests
{
    public sealed record IdType(
        Type Type,
        string Prefix,
        Func<DateTimeOffset, object> New,
        Func<string?, object?> TryParse,
        Func<string, object> FromStored,
        Func<object, string> Value)
    {
        public override string ToString() => Type.Name;
    }

    static readonly IdType[] Ids =
    [
        new(typeof(ApiKeyId), "key", now => ApiKeyId.New(now), text => ApiKeyId.TryParse(text), text => ApiKeyId.FromStored(text), id => ((ApiKeyId)id).Value),
        new(typeof(AssetId), "ast", now => AssetId.New(now), text => AssetId.TryParse(text), text => AssetId.FromStored(text), id => ((AssetId)id).Value),
        new(typeof(AttemptId), "att", now => AttemptId.New(now), text => AttemptId.TryParse(text), text => AttemptId.FromStored(text), id => ((AttemptId)id).Value),
        new(typeof(AuditEntryId), "aud", now => AuditEntryId.New(now), text => AuditEntryId.TryParse(text), text => AuditEntryId.FromStored(text), id => ((AuditEntryId)id).Value),
        new(typeof(DeliveryId), "dlv", now => DeliveryId.New(now), text => DeliveryId.TryParse(text), text => DeliveryId.FromStored(text), id => ((DeliveryId)id).Value),
        new(typeof(EventId), "evt", now => EventId.New(now), text => EventId.TryParse(text), text => EventId.FromStored(text), id => ((EventId)id).Value),
        new(typeof(ImportId), "import", now => ImportId.New(now), text => ImportId.TryParse(text), text => ImportId.FromStored(text), id => ((ImportId)id).Value),
        new(typeof(JobId), "render", now => JobId.New(JobKind.Render, now), text => JobId.TryParse(JobKind.Render, text), text => JobId.FromStored(text), id => ((JobId)id).Value),
        new(typeof(MeterReportId), "mtr", now => MeterReportId.New(now), text => MeterReportId.TryParse(text), text => MeterReportId.FromStored(text), id => ((MeterReportId)id).Value),
        new(typeof(SignupId), "sgn", now => SignupId.New(now), text => SignupId.TryParse(text), text => SignupId.FromStored(text), id => ((SignupId)id).Value),
        new(typeof(UploadId), "upl", now => UploadId.New(now), text => UploadId.TryParse(text), text => UploadId.FromStored(text), id => ((UploadId)id).Value),
        new(typeof(UsageEntryId), "use", now => UsageEntryId.New(now), text => UsageEntryId.TryParse(text), text => UsageEntryId.FromStored(text), id => ((UsageEntryId)id).Value),
        new(typeof(WebhookId), "wh", now => WebhookId.New(now), text => WebhookId.TryParse(text), text => WebhookId.FromStored(text), id => ((WebhookId)id).Value),
        new(typeof(WorkspaceId), "ws", now => WorkspaceId.New(now), text => WorkspaceId.TryParse(text), text => WorkspaceId.FromStored(text), id => ((WorkspaceId)id).Value),
    ];

    static IEnumerable<IdType> Sorted => Ids.Where(id => id.Type.GetMethod("op_LessThan") is not null);

    [Test]
    public void TheTable_NamesEveryIdOfTheDomain() => Assert.That(
        Ids.Select(id => id.Type),
        Is.EquivalentTo(typeof(WorkspaceId).Assembly.GetExportedTypes().Where(type => type.IsValueType && type.Name.EndsWith("Id", StringComparison.Ordinal))));

    [Test]
    public void Prefixes_AreTheContractsAndDiffer() => Assert.That(Ids.Select(id => id.Prefix), Is.Unique);

    [TestCaseSource(nameof(Ids))]
    public void New_CarriesThePrefixAndIsItsOwnText(IdType type)
    {
        var id = type.New(Given.Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Ulid.IsWellFormed(type.Prefix, type.Value(id)), Is.True);
            Assert.That(id.ToString(), Is.EqualTo(type.Value(id)));
            Assert.That(type.New(Given.Start), Is.Not.EqualTo(id));
        }
    }

    [TestCaseSource(nameof(Ids))]
    public void TryParse_OfItsOwnText_IsTheSameId(IdType type)
    {
        var id = type.New(Given.Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(type.TryParse(id.ToString()), Is.EqualTo(id));
            Assert.That(type.FromStored(id.ToString()!), Is.EqualTo(id));
        }
    }

    [TestCaseSource(nameof(Sorted))]
    public void Ids_SortByTheirMillisecond(IdType type)
    {
        var (earlier, later) = (type.New(Given.Start), type.New(Given.Start.AddMilliseconds(1)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Compare("op_LessThan", earlier, later), Is.True);
            Assert.That(Compare("op_LessThan", later, earlier), Is.False);
            Assert.That(Compare("op_LessThan", earlier, earlier), Is.False);
            Assert.That(Compare("op_GreaterThan", later, earlier), Is.True);
            Assert.That(Compare("op_GreaterThan", earlier, later), Is.False);
        }
    }

    [Test]
    public void Ids_ThatPagesAreCutBy_Sort() => Assert.That(Sorted.Count(), Is.EqualTo(8));

    [TestCaseSource(nameof(Ids))]
    public void TryParse_OfAnotherKindOfId_IsNull(IdType type)
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var other in Ids.Where(other => other != type))
                Assert.That(type.TryParse(other.New(Given.Start).ToString()), Is.Null, other.Prefix);
            Assert.That(type.TryParse(null), Is.Null);
            Assert.That(type.TryParse($"{type.Prefix}_' OR 1=1 --000000000000000"), Is.Null);
        }
    }

    static bool Compare(string comparison, object left, object right) => (bool)left.GetType().GetMethod(comparison)!.Invoke(null, [left, right])!;
}
