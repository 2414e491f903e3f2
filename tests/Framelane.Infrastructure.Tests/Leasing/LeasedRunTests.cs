using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Persistence;

namespace Framelane.Infrastructure.Tests.Leasing;

/// <summary>What becomes of work that fails while the process may be about to stop.</summary>
public sealed class LeasedRunTests : LeasingTests
{
    static readonly Exception[] OwnFaults = [new MediaException(MediaErrorCodes.InternalError, "The output could not be encoded."), new IOException("Broken pipe")];

    static readonly MediaException SourceFault = new(MediaErrorCodes.InvalidSource, "The source cannot be decoded.");

    [TestCaseSource(nameof(OwnFaults))]
    public async Task Work_whose_programs_ended_just_before_the_process_was_told_to_stop_is_handed_back(Exception failure)
    {
        First.FailOf(failure);
        var running = First.ExecuteAsync();
        First.Stop();
        await running.InTimeAsync();
        Assert.That(Queue.HandedBack, Is.EqualTo(new[] { First.Claim }));
        Assert.That(Queue.Failed, Is.Empty);
    }

    [TestCaseSource(nameof(OwnFaults))]
    public async Task Work_that_fails_while_nobody_stops_the_process_fails_a_moment_later(Exception failure)
    {
        First.FailOf(failure);
        var running = First.ExecuteAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        await running.InTimeAsync();
        Assert.That(Queue.Failed, Is.EqualTo(new[] { (First.Claim, "internal_error") }));
    }

    [Test]
    public async Task A_fault_of_a_source_is_told_at_once()
    {
        First.FailOf(SourceFault);
        await First.ExecuteAsync().InTimeAsync();
        Assert.That(Queue.Failed, Is.EqualTo(new[] { (First.Claim, "invalid_source") }));
    }

    [Test]
    public async Task What_looks_like_a_fault_of_a_source_while_the_process_stops_is_found_out_by_whoever_takes_it_up()
    {
        First.FailOf(SourceFault);
        First.Stop();
        await First.ExecuteAsync().InTimeAsync();
        Assert.That(Queue.HandedBack, Is.EqualTo(new[] { First.Claim }));
        Assert.That(Queue.Failed, Is.Empty);
    }

    [Test]
    public async Task What_is_thrown_by_work_that_is_told_to_end_makes_no_difference()
    {
        First.OnStop = () => First.FailOf(new InvalidOperationException("Operation cancelled by user."));
        Second.OnStop = () => Second.FailOf(new InvalidOperationException("Operation cancelled by user."));
        First.Stop();
        Second.GiveWay(isAlone: false);
        await Task.WhenAll(First.ExecuteAsync(), Second.ExecuteAsync()).InTimeAsync();
        Assert.That(Queue.HandedBack, Is.EqualTo(new[] { First.Claim }));
        Assert.That(Queue.WaitedOut, Is.EqualTo(new[] { Second.Claim }));
        Assert.That(Queue.Failed, Is.Empty);
    }

    [Test]
    public async Task Nothing_comes_of_what_is_thrown_by_work_that_is_lost()
    {
        First.OnStop = () => First.FailOf(new InvalidOperationException("Operation cancelled by user."));
        First.Lose();
        var running = First.ExecuteAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        await running.InTimeAsync();
        Assert.That(Queue.Failed, Is.Empty);
    }

    [Test]
    public async Task An_outage_is_waited_out()
    {
        var away = new UnavailableException("Storage is away.");
        Outages.Setup(port => port.IsOutage(away)).Returns(true);
        First.FailOf(away);
        await First.ExecuteAsync().InTimeAsync();
        Assert.That(Queue.WaitedOut, Is.EqualTo(new[] { First.Claim }));
        Assert.That(Queue.Failed, Is.Empty);
    }

    [Test]
    public async Task What_came_of_it_is_recorded_once_the_database_is_back()
    {
        var away = new TimeoutException("database");
        Outages.Setup(port => port.IsOutage(away)).Returns(true);
        var tries = 0;
        First.Record = () => ++tries < 3 ? throw away : Task.FromResult(true);
        First.Succeed();
        var run = First.ExecuteAsync();
        await Eventually.HoldsAsync(() =>
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            return run.IsCompleted;
        });
        Assert.That(tries, Is.EqualTo(3));
    }

    [Test]
    public async Task What_may_have_been_recorded_is_not_recorded_again()
    {
        var uncertain = new CommitUncertainException(new TimeoutException("database"));
        Outages.Setup(port => port.IsOutage(uncertain)).Returns(true);
        var tries = 0;
        First.Record = () => ++tries < 3 ? throw uncertain : Task.FromResult(true);
        First.Succeed();
        await First.ExecuteAsync().InTimeAsync();
        Assert.That(tries, Is.EqualTo(1));
    }

    [Test]
    public async Task A_full_disk_leaves_it_to_its_lease()
    {
        var full = new IOException("No space left on device");
        Outages.Setup(port => port.IsOutage(full)).Returns(true);
        Outages.Setup(port => port.IsFull(full)).Returns(true);
        First.FailOf(full);
        await First.ExecuteAsync().InTimeAsync();
        Assert.That(Queue.WaitedOut, Is.Empty);
        Assert.That(Queue.HandedBack, Is.Empty);
        Assert.That(Queue.Failed, Is.Empty);
    }
}
