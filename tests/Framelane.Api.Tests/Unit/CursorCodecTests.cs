using Framelane.Api.Conventions.Paging;
using Framelane.Domain.Workspaces;
using Microsoft.AspNetCore.DataProtection;

namespace Framelane.Api.Tests.Unit;

public sealed class CursorCodecTests
{
    static readonly WorkspaceId Workspace = WorkspaceId.New(DateTimeOffset.UnixEpoch);

    readonly CursorCodec codec = new(new EphemeralDataProtectionProvider());

    [Test]
    public void A_cursor_opens_to_the_key_it_was_made_of() =>
        Assert.That(codec.TryDecode(Workspace, "v1/webhooks", codec.Encode(Workspace, "v1/webhooks", "wh_1")), Is.EqualTo("wh_1"));

    [Test]
    public void A_cursor_shows_nothing_of_the_key() =>
        Assert.That(codec.Encode(Workspace, "v1/webhooks", "wh_1"), Does.Match("^[A-Za-z0-9_-]+$").And.Not.Contain("wh_1"));

    [Test]
    public void A_cursor_of_another_workspace_or_route_is_none()
    {
        var cursor = codec.Encode(Workspace, "v1/webhooks", "wh_1");

        Assert.Multiple(() =>
        {
            Assert.That(codec.TryDecode(WorkspaceId.New(DateTimeOffset.UnixEpoch), "v1/webhooks", cursor), Is.Null);
            Assert.That(codec.TryDecode(Workspace, "v1/deliveries", cursor), Is.Null);
        });
    }

    [Test]
    public void A_cursor_changed_in_any_character_is_none()
    {
        var cursor = codec.Encode(Workspace, "v1/webhooks", "wh_1");
        for (var i = 0; i < cursor.Length; i++)
        {
            var changed = cursor[..i] + (cursor[i] == 'A' ? 'B' : 'A') + cursor[(i + 1)..];
            Assert.That(codec.TryDecode(Workspace, "v1/webhooks", changed), Is.Null, $"character {i}");
        }
    }

    [TestCase("")]
    [TestCase("abc")]
    [TestCase("?!")]
    public void Other_text_is_none(string text) => Assert.That(codec.TryDecode(Workspace, "v1/webhooks", text), Is.Null);

    [Test]
    public void Overlong_text_is_none() => Assert.That(codec.TryDecode(Workspace, "v1/webhooks", new string('A', 100_000)), Is.Null);
}
