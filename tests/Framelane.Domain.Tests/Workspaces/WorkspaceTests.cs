using Framelane.Domain.ApiKeys;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.Workspaces;

public sealed class WorkspaceTests
{
    readonly Workspace workspace = Given.Workspace();

    [Test]
    public void Create_TakesWhatItIsGiven()
    {
        var id = WorkspaceId.New(Given.Start);
        var created = Workspace.Create(id, "Studio", Plan.Enterprise, Given.Sealed(1), Given.Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Id, Is.EqualTo(id));
            Assert.That(created.Name, Is.EqualTo("Studio"));
            Assert.That(created.Plan, Is.EqualTo(Plan.Enterprise));
            Assert.That(created.PlanStatus, Is.EqualTo(PlanStatus.Active));
            Assert.That(created.CreatedAt, Is.EqualTo(Given.Start));
            Assert.That(created.EmailVerified, Is.True);
            Assert.That(created.CurrentSecret, Is.EqualTo(Given.Sealed(1)));
        }
    }

    [Test]
    public void ChangePlan_SaysWhetherAnythingIsOtherwiseNow()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(workspace.ChangePlan(Plan.Pro, PlanStatus.Active), Is.False);
            Assert.That(workspace.ChangePlan(Plan.Pro, PlanStatus.PastDue), Is.True);
            Assert.That(workspace.ChangePlan(Plan.Free, PlanStatus.PastDue), Is.True);
            Assert.That(workspace.ChangePlan(Plan.Free, PlanStatus.PastDue), Is.False);
            Assert.That((workspace.Plan, workspace.PlanStatus, workspace.Epoch), Is.EqualTo((Plan.Free, PlanStatus.PastDue, 1L)));
        }
    }

    [Test]
    public void Rename_ChangesTheNameAndNoEpoch()
    {
        workspace.Rename("Atelier");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(workspace.Name, Is.EqualTo("Atelier"));
            Assert.That(workspace.Epoch, Is.EqualTo(1));
        }
    }

    [Test]
    public void ChangeEndpoints_RaisesTheEpochAndKeepsTheSecrets()
    {
        workspace.RotateSigningKey(Given.Sealed(2), GracePeriod.OfSeconds(60), Given.Start);
        workspace.DrainDomainEvents();

        workspace.ChangeEndpoints();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(workspace.Epoch, Is.EqualTo(3));
            Assert.That(workspace.DomainEvents, Is.EqualTo(new object[] { new EndpointsChanged(workspace.Id, 3) }));
            Assert.That(workspace.SecretsSigningAt(Given.Start), Is.EqualTo(new[] { Given.Sealed(2), Given.Sealed(1) }));
        }
    }

    [Test]
    public void RevokeKey_RaisesTheEpochOnceHoweverOftenItIsCalled()
    {
        var key = KeyOf(workspace.Id);

        workspace.RevokeKey(key, Given.Start.AddMinutes(1));
        workspace.RevokeKey(key, Given.Start.AddMinutes(2));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(key.RevokedAt, Is.EqualTo(Given.Start.AddMinutes(1)), "the first time stays");
            Assert.That(workspace.Epoch, Is.EqualTo(2));
            Assert.That(workspace.DomainEvents, Is.EqualTo(new object[] { new ApiKeyRevoked(workspace.Id, 2, key.Id) }));
        }
    }

    [Test]
    public void RevokeKey_OfAnotherWorkspace_IsRefusedAndChangesNothing()
    {
        var foreign = KeyOf(WorkspaceId.New(Given.Start));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => workspace.RevokeKey(foreign, Given.Start), Throws.ArgumentException);
            Assert.That(foreign.RevokedAt, Is.Null);
            Assert.That(workspace.Epoch, Is.EqualTo(1));
        }
    }

    [Test]
    public void DrainDomainEvents_HandsThemOverInOrderAndOnce()
    {
        workspace.ChangeEndpoints();
        workspace.RotateSigningKey(Given.Sealed(3), GracePeriod.None, Given.Start);

        var first = workspace.DrainDomainEvents();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Cast<IEpochRaised>().Select(raised => raised.Epoch), Is.EqualTo(new long[] { 2, 3 }));
            Assert.That(workspace.DrainDomainEvents(), Is.Empty);
        }
    }

    static ApiKey KeyOf(WorkspaceId owner) => ApiKey.Create(ApiKeyId.New(Given.Start), owner, "ci", ApiKeySecret.Generate(), Given.Start);
}
