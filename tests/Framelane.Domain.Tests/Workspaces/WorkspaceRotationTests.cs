using Framelane.Domain.Workspaces;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Domain.Tests.Workspaces;

public sealed class WorkspaceRotationTests
{
    static readonly GracePeriod Hour = GracePeriod.OfSeconds(3600);

    readonly FakeTimeProvider clock = Given.Clock();
    readonly Workspace workspace = Given.Workspace();

    DateTimeOffset Now => clock.GetUtcNow();

    [Test]
    public void Create_SignsWithItsFirstSecretAlone_FromEpochOne()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(workspace.Epoch, Is.EqualTo(1));
            Assert.That(workspace.NextEpoch, Is.EqualTo(2));
            Assert.That(SigningEpochs(), Is.EqualTo(new long[] { 1 }));
            Assert.That(workspace.RotatedAt, Is.EqualTo(Given.Start));
            Assert.That(workspace.PreviousExpiresAt, Is.Null);
            Assert.That(workspace.DomainEvents, Is.Empty);
        }
    }

    [TestCase(0)]
    [TestCase(2)]
    public void Create_WithASecretSealedForAnotherEpoch_IsRefused(long epoch) => Assert.That(
        () => Workspace.Create(WorkspaceId.New(Now), "Studio", Plan.Free, Given.Sealed(epoch), Now),
        Throws.ArgumentException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("secret"));

    [Test]
    public void RotateSigningKey_WithoutGrace_LeavesTheNewSecretAlone()
    {
        workspace.RotateSigningKey(Given.Sealed(2), GracePeriod.None, Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SigningEpochs(), Is.EqualTo(new long[] { 2 }));
            Assert.That(workspace.PreviousSecret, Is.Null, "nothing is left to sign with by mistake");
            Assert.That(workspace.PreviousExpiresAt, Is.Null);
        }
    }

    [Test]
    public void RotateSigningKey_WithGrace_KeepsThePreviousOneBehindTheNewOne()
    {
        clock.Advance(TimeSpan.FromMinutes(1));

        workspace.RotateSigningKey(Given.Sealed(2), Hour, Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SigningEpochs(), Is.EqualTo(new long[] { 2, 1 }), "the new one signs first");
            Assert.That(workspace.PreviousExpiresAt, Is.EqualTo(Now.AddHours(1)));
            Assert.That(workspace.RotatedAt, Is.EqualTo(Now));
        }
    }

    [Test]
    public void SecretsSigningAt_TheEndOfAGrace_IsWithoutThePreviousOne()
    {
        workspace.RotateSigningKey(Given.Sealed(2), Hour, Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(workspace.SecretsSigningAt(Now.AddHours(1).AddTicks(-1)), Has.Count.EqualTo(2), "one tick before");
            Assert.That(workspace.SecretsSigningAt(Now.AddHours(1)), Has.Count.EqualTo(1), "at the end itself");
            Assert.That(workspace.SecretsSigningAt(Now.AddYears(1)), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void RotateSigningKey_WhileAGraceRuns_DropsTheOlderSecretAtOnce()
    {
        workspace.RotateSigningKey(Given.Sealed(2), GracePeriod.OfSeconds(GracePeriod.MaxSeconds), Now);
        clock.Advance(TimeSpan.FromSeconds(1));

        workspace.RotateSigningKey(Given.Sealed(3), Hour, Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SigningEpochs(), Is.EqualTo(new long[] { 3, 2 }));
            Assert.That(workspace.PreviousExpiresAt, Is.EqualTo(Now.AddHours(1)), "the longer grace of the older one is not inherited");
        }
    }

    [Test]
    public void RotateSigningKey_WithoutGraceWhileAGraceRuns_EndsThatGraceToo()
    {
        workspace.RotateSigningKey(Given.Sealed(2), Hour, Now);

        workspace.RotateSigningKey(Given.Sealed(3), GracePeriod.None, Now);

        Assert.That(SigningEpochs(), Is.EqualTo(new long[] { 3 }));
    }

    [Test]
    public void RotateSigningKey_AfterAGraceRanOut_KeepsTheReplacedSecretAndNotTheExpiredOne()
    {
        workspace.RotateSigningKey(Given.Sealed(2), Hour, Now);
        clock.Advance(TimeSpan.FromHours(2));

        workspace.RotateSigningKey(Given.Sealed(3), Hour, Now);

        Assert.That(SigningEpochs(), Is.EqualTo(new long[] { 3, 2 }));
    }

    [TestCase(1, Description = "the current epoch: another rotation came first")]
    [TestCase(3)]
    public void RotateSigningKey_WithASecretSealedForAnotherEpoch_IsRefusedAndChangesNothing(long epoch)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => workspace.RotateSigningKey(Given.Sealed(epoch), Hour, Now), Throws.ArgumentException);
            Assert.That(workspace.Epoch, Is.EqualTo(1));
            Assert.That(SigningEpochs(), Is.EqualTo(new long[] { 1 }));
            Assert.That(workspace.DomainEvents, Is.Empty);
        }
    }

    [Test]
    public void RotateSigningKey_RaisesTheEpochByOneAndSaysSo()
    {
        workspace.RotateSigningKey(Given.Sealed(2), Hour, Now);
        workspace.RotateSigningKey(Given.Sealed(3), GracePeriod.None, Now);

        Assert.That(workspace.DomainEvents, Is.EqualTo(new object[]
        {
            new SecretRotated(workspace.Id, 2, Now.AddHours(1)),
            new SecretRotated(workspace.Id, 3, null),
        }));
    }

    [Test]
    public void DropPreviousSecret_WhileAGraceRuns_EndsIt()
    {
        workspace.RotateSigningKey(Given.Sealed(2), Hour, Now);
        workspace.DrainDomainEvents();

        var dropped = workspace.DropPreviousSecret(Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(dropped, Is.True);
            Assert.That(SigningEpochs(), Is.EqualTo(new long[] { 2 }));
            Assert.That(workspace.PreviousExpiresAt, Is.Null);
            Assert.That(workspace.Epoch, Is.EqualTo(3));
            Assert.That(workspace.DomainEvents, Is.EqualTo(new object[] { new PreviousSecretDropped(workspace.Id, 3) }));
        }
    }

    [Test]
    public void DropPreviousSecret_Repeated_ChangesNothingMore()
    {
        workspace.RotateSigningKey(Given.Sealed(2), Hour, Now);
        workspace.DropPreviousSecret(Now);
        workspace.DrainDomainEvents();

        var dropped = workspace.DropPreviousSecret(Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(dropped, Is.False);
            Assert.That(workspace.Epoch, Is.EqualTo(3));
            Assert.That(workspace.DomainEvents, Is.Empty);
        }
    }

    [Test]
    public void DropPreviousSecret_AfterTheGraceRanOut_ForgetsTheSecretWithoutRaisingTheEpoch()
    {
        workspace.RotateSigningKey(Given.Sealed(2), Hour, Now);
        clock.Advance(TimeSpan.FromHours(1));

        var dropped = workspace.DropPreviousSecret(Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(dropped, Is.False);
            Assert.That(workspace.PreviousSecret, Is.Null);
            Assert.That(workspace.Epoch, Is.EqualTo(2));
        }
    }

    [Test]
    public void RotateSigningKey_AfterADrop_IsSealedForTheEpochAfterTheDrop()
    {
        workspace.RotateSigningKey(Given.Sealed(2), Hour, Now);
        workspace.DropPreviousSecret(Now);

        workspace.RotateSigningKey(Given.Sealed(4), Hour, Now);

        Assert.That(SigningEpochs(), Is.EqualTo(new long[] { 4, 2 }));
    }

    long[] SigningEpochs() => [.. workspace.SecretsSigningAt(Now).Select(secret => secret.Epoch)];
}
