using Framelane.Domain.Signups;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.Workspaces;

public sealed class WorkspaceSignUpTests
{
    static readonly DateTimeOffset End = Given.Start.AddDays(7);

    readonly Workspace workspace = Workspace.SignUp(
        WorkspaceId.New(Given.Start), "Studio", EmailAddress.FromChecked("Zoe@example.com"), Plan.Free, Given.Sealed(1), Given.Start);

    [Test]
    public void It_waits_a_week_for_its_address()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((workspace.Email, workspace.EmailVerified, workspace.VerifyBy), Is.EqualTo(("Zoe@example.com", false, (DateTimeOffset?)End)));
            Assert.That(workspace.EmailKey, Is.EqualTo("zoe@example.com"));
            Assert.That((workspace.Plan, workspace.PlanStatus, workspace.Epoch), Is.EqualTo((Plan.Free, PlanStatus.Active, 1L)));
        }
    }

    [Test]
    public void Verified_it_waits_for_nothing_and_says_so()
    {
        workspace.VerifyEmail(End.AddTicks(-1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((workspace.EmailVerified, workspace.VerifyBy), Is.EqualTo((true, (DateTimeOffset?)null)));
            Assert.That(workspace.DomainEvents, Is.EqualTo(new object[] { new EmailVerified(workspace.Id) }));
        }
    }

    [Test]
    public void Too_late_twice_or_where_nothing_waits_it_is_a_bug()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => workspace.VerifyEmail(End), Throws.InvalidOperationException);
            Assert.That(() => Given.Workspace().VerifyEmail(Given.Start), Throws.InvalidOperationException);
            workspace.VerifyEmail(Given.Start);
            Assert.That(() => workspace.VerifyEmail(Given.Start), Throws.InvalidOperationException);
        }
    }
}
