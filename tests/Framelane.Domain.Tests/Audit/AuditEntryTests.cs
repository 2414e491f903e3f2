using System.Reflection;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Audit;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.Audit;

public sealed class AuditEntryTests
{
    [Test]
    public void Of_SaysWhoDidWhatWhenAndFromWhere()
    {
        var actor = new Actor(WorkspaceId.New(Given.Start), ApiKeyId.New(Given.Start), "203.0.113.7");

        var entry = AuditEntry.Of(AuditActions.SecretRotated, "wh_1", actor, Given.Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(entry.WorkspaceId, Is.EqualTo(actor.WorkspaceId));
            Assert.That(entry.ApiKeyId, Is.EqualTo(actor.ApiKeyId));
            Assert.That(entry.Address, Is.EqualTo("203.0.113.7"));
            Assert.That((entry.Action, entry.TargetId), Is.EqualTo(("signing_secret.rotated", "wh_1")));
            Assert.That(entry.CreatedAt, Is.EqualTo(Given.Start));
            Assert.That(entry.Id.Value, Does.StartWith("aud_"));
        }
    }

    [Test]
    public void Of_SomebodyAtTheConsole_NamesThemAndNoKey()
    {
        var actor = new Actor(WorkspaceId.New(Given.Start), null, "203.0.113.7", "user_1");

        var entry = AuditEntry.Of(AuditActions.ApiKeyCreated, "key_1", actor, Given.Start);

        Assert.That((entry.ApiKeyId, entry.Subject, entry.Address), Is.EqualTo(((ApiKeyId?)null, "user_1", "203.0.113.7")));
    }

    [Test]
    public void Of_TheSystem_NamesNoKeyAndNoAddress()
    {
        var entry = AuditEntry.Of(AuditActions.WebhookDisabled, "wh_1", Actor.System(WorkspaceId.New(Given.Start)), Given.Start);

        Assert.That((entry.ApiKeyId, entry.Subject, entry.Address), Is.EqualTo(((ApiKeyId?)null, (string?)null, (string?)null)));
    }

    [Test]
    public void Actions_AreToldApart() => Assert.That(
        typeof(AuditActions).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetRawConstantValue()),
        Is.Unique.And.All.Matches<string>(action => action!.Contains('.', StringComparison.Ordinal)));
}
