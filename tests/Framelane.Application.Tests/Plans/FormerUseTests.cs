using Framelane.Application.Plans;
using Framelane.Domain.Identities;
using Framelane.Domain.Signups;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;
using Moq;

namespace Framelane.Application.Tests.Plans;

public sealed class FormerUseTests
{
    static readonly IdentityName Ada = IdentityName.TryMake("https://id.example.com", "user_ada")!;

    static readonly EmailAddress Mail = EmailAddress.FromChecked("Ada@example.com");

    static readonly CalendarMonth Month = CalendarMonth.Of(Application.Start);

    readonly Application app = new();

    readonly List<UsageEntry> lines = [];

    readonly Dictionary<OwnerName, long> spent = [];

    [SetUp]
    public void SetUpPorts()
    {
        app.Ledger.Setup(port => port.Add(It.IsAny<UsageEntry>())).Callback((UsageEntry line) => lines.Add(line));
        app.Spent.Setup(port => port.FindAsync(It.IsAny<OwnerName>(), Month, It.IsAny<CancellationToken>()))
            .ReturnsAsync((OwnerName owner, CalendarMonth _, CancellationToken _) => spent.GetValueOrDefault(owner));
        app.Spent.Setup(port => port.NoteAsync(It.IsAny<OwnerName>(), Month, It.IsAny<long>(), It.IsAny<CancellationToken>()))
            .Callback((OwnerName owner, CalendarMonth _, long milliseconds, CancellationToken _) => spent[owner] = milliseconds)
            .Returns(Task.CompletedTask);
    }

    [Test]
    public async Task What_was_used_is_noted_of_everybody_who_could_begin_anew()
    {
        var workspace = Used(Application.NewWorkspace(Plan.Free), 90_000);
        workspace.AdoptEmail(Mail);

        await NoteAsync(workspace, Ada);

        Assert.That(spent, Is.EquivalentTo(new Dictionary<OwnerName, long> { [OwnerName.Of(Ada)] = 90_000, [OwnerName.Of(Mail)] = 90_000 }));
    }

    [Test]
    public async Task Where_nothing_was_used_nothing_is_noted_of_anybody()
    {
        var workspace = Used(Application.NewWorkspace(Plan.Free), 0);

        await NoteAsync(workspace, Ada);

        Assert.That(spent, Is.Empty);
    }

    [Test]
    public async Task An_address_that_nobody_has_verified_is_nobodys()
    {
        var workspace = Used(Workspace.SignUp(WorkspaceId.New(Application.Start), "Studio", Mail, Plan.Free, Application.Sealed(1), Application.Start), 90_000);

        await NoteAsync(workspace);

        Assert.That(spent, Is.Empty);
    }

    [Test]
    public async Task Who_begins_anew_under_a_cap_goes_on_from_the_most_that_is_known()
    {
        (spent[OwnerName.Of(Ada)], spent[OwnerName.Of(Mail)]) = (60_000, 90_000);
        var workspace = Application.NewWorkspace(Plan.Free);
        workspace.AdoptEmail(Mail);

        await CarryAsync(workspace, Ada);

        Assert.That(lines.Select(line => (line.WorkspaceId, line.Kind, line.Quantity, line.JobId, line.At)),
            Is.EqualTo(new[] { (workspace.Id, UsageKind.Render, 90_000L, (Domain.Jobs.JobId?)null, Application.Start) }));
    }

    [Test]
    public async Task Others_begin_with_nothing()
    {
        spent[OwnerName.Of(IdentityName.TryMake(Ada.Issuer, "user_eve")!)] = 90_000;

        await CarryAsync(Application.NewWorkspace(Plan.Free), Ada);

        Assert.That(lines, Is.Empty);
    }

    [Test]
    public async Task Without_a_cap_nothing_is_asked_for()
    {
        spent[OwnerName.Of(Ada)] = 90_000;

        await CarryAsync(Application.NewWorkspace(Plan.Enterprise), Ada);

        Assert.That(lines, Is.Empty);
    }

    [Test]
    public void An_identity_is_never_an_address() => Assert.That(
        OwnerName.Of(IdentityName.TryMake("a", "b")!), Is.Not.EqualTo(OwnerName.Of(EmailAddress.FromChecked("a b"))));

    [Test]
    public void Later_in_the_month_it_only_grows_and_another_month_begins_anew()
    {
        var noted = SpentMinutes.Of("digest", Month, 90_000);
        noted.Note(Month, 60_000);
        var kept = noted.Milliseconds;
        noted.Note(CalendarMonth.Of(Month.End), 1000);

        Assert.That((kept, noted.Month, noted.Milliseconds), Is.EqualTo((90_000, Month.End, 1000)));
    }

    Workspace Used(Workspace workspace, long milliseconds)
    {
        app.Ledger.Setup(port => port.CommittedAsync(workspace.Id, Month, It.IsAny<CancellationToken>())).ReturnsAsync(new CommittedUsage(milliseconds, 5000));
        return workspace;
    }

    Task NoteAsync(Workspace workspace, params IdentityName[] identities) => app.Get<FormerUse>().NoteAsync(workspace, identities, Application.Start, CancellationToken.None);

    Task CarryAsync(Workspace workspace, params IdentityName[] identities) => app.Get<FormerUse>().CarryAsync(workspace, identities, Application.Start, CancellationToken.None);
}
