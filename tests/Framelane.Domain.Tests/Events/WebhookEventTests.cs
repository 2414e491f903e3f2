using Framelane.Domain.Events;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.Events;

public sealed class WebhookEventTests
{
    [Test]
    public void Create_KeepsTheBytesThatAreSent()
    {
        var (id, owner) = (EventId.New(Given.Start), WorkspaceId.New(Given.Start));

        var happened = WebhookEvent.Create(id, owner, "task.failed", "task_1", 4, "{}"u8.ToArray(), Given.Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((happened.Id, happened.WorkspaceId), Is.EqualTo((id, owner)));
            Assert.That((happened.Type, happened.JobId, happened.Sequence), Is.EqualTo(("task.failed", "task_1", 4)));
            Assert.That(happened.Body, Is.EqualTo("{}"u8.ToArray()));
            Assert.That(happened.CreatedAt, Is.EqualTo(Given.Start));
        }
    }

    [Test]
    public void Create_OfATypeThatIsNotInTheCatalogue_IsRefused() =>
        Assert.That(() => Given.Event("render.ready"), Throws.ArgumentException.With.Message.Contains("render.ready"));

    [Test]
    public void Create_WithoutABody_IsRefused() => Assert.That(
        () => WebhookEvent.Create(EventId.New(Given.Start), WorkspaceId.New(Given.Start), "render.failed", null, 1, [], Given.Start),
        Throws.InstanceOf<ArgumentOutOfRangeException>());
}
