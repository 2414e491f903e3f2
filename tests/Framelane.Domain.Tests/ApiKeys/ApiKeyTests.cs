using Framelane.Domain.ApiKeys;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.ApiKeys;

public sealed class ApiKeyTests
{
    readonly ApiKeySecret secret = ApiKeySecret.Generate();

    [Test]
    public void Create_KeepsAHashAndAPrefixAndNotTheKey()
    {
        var owner = WorkspaceId.New(Given.Start);
        var key = ApiKey.Create(ApiKeyId.New(Given.Start), owner, "ci", secret, Given.Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(key.WorkspaceId, Is.EqualTo(owner));
            Assert.That(key.Name, Is.EqualTo("ci"));
            Assert.That(key.KeyPrefix, Is.EqualTo(secret.Shown));
            Assert.That(key.KeyHash, Is.EqualTo(secret.Hash()));
            Assert.That(key.CreatedAt, Is.EqualTo(Given.Start));
            Assert.That(key.LastUsedAt, Is.Null);
            Assert.That(key.RevokedAt, Is.Null);
        }
    }

    [Test]
    public void Matches_TheKeyItself_AndNoneThatSharesItsPrefix()
    {
        var key = ApiKey.Create(ApiKeyId.New(Given.Start), WorkspaceId.New(Given.Start), "ci", secret, Given.Start);
        var last = secret.Reveal()[^1];
        var neighbour = ApiKeySecret.TryParse(secret.Reveal()[..^1] + (last == 'a' ? 'b' : 'a'))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(key.Matches(secret), Is.True);
            Assert.That(neighbour.Shown, Is.EqualTo(key.KeyPrefix));
            Assert.That(key.Matches(neighbour), Is.False);
        }
    }
}
