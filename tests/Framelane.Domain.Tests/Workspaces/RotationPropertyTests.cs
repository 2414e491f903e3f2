using CsCheck;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.Workspaces;

/// <summary>Any history of rotations, drops and waiting, judged against a model that only knows until when each secret signs.</summary>
public sealed class RotationPropertyTests
{
    // Waits and graces share their values, so that a history often ends exactly where a grace does.
    static readonly Gen<int> Seconds = Gen.OneOf(0, 1, 2, 60, 61, 3600, GracePeriod.MaxSeconds - 1, GracePeriod.MaxSeconds);

    static readonly Gen<Step> Steps = Gen.Frequency(
        (4, Seconds.Select(Step.Rotate)),
        (2, Gen.Const(Step.Drop)),
        (4, Seconds.Select(Step.Wait)));

    [Test]
    public void AnyHistory_LeavesTheCurrentSecretAndTheUnexpiredPreviousOneSigning()
    {
        var (withTwo, runOut) = (0, 0);
        Steps.Array[1, 30].Sample(
            history =>
            {
                var clock = Given.Clock();
                var workspace = Given.Workspace();
                var model = new Model(workspace.Id);

                foreach (var step in history)
                {
                    var epochBefore = workspace.Epoch;
                    model.Follow(step, clock.GetUtcNow());
                    switch (step)
                    {
                        case { Kind: StepKind.Rotate }:
                            var next = Given.Sealed(workspace.NextEpoch);
                            workspace.RotateSigningKey(next, GracePeriod.OfSeconds(step.Seconds), clock.GetUtcNow());
                            break;
                        case { Kind: StepKind.Drop }:
                            workspace.DropPreviousSecret(clock.GetUtcNow());
                            break;
                        default:
                            clock.Advance(TimeSpan.FromSeconds(step.Seconds));
                            break;
                    }

                    var raised = workspace.DrainDomainEvents();
                    Assert.That(raised, Is.EqualTo(model.TakeEvents()), "the events tell what happened, no more and no less");
                    Assert.That(workspace.Epoch, raised.Count > 0 ? Is.GreaterThan(epochBefore) : Is.EqualTo(epochBefore));
                    Assert.That(raised.OfType<IEpochRaised>().Select(each => each.Epoch), Is.All.EqualTo(workspace.Epoch));

                    foreach (var moment in model.MomentsThatMatter(clock.GetUtcNow()))
                    {
                        var signing = workspace.SecretsSigningAt(moment).Select(secret => secret.Epoch).ToArray();
                        Assert.That(signing, Is.EqualTo(model.SigningAt(moment)), $"at {moment:O}");
                        Assert.That(signing, Has.Length.InRange(1, 2));
                    }

                    if (model.SigningAt(clock.GetUtcNow()).Length == 2)
                        Interlocked.Increment(ref withTwo);
                    else if (workspace.PreviousSecret is not null)
                        Interlocked.Increment(ref runOut);
                }
            },
            iter: 2_000);

        // A generator that reaches neither state would prove nothing.
        Assert.That(withTwo, Is.GreaterThan(1_000), "histories with a grace that runs");
        Assert.That(runOut, Is.GreaterThan(1_000), "histories with a grace that has run out");
    }

    enum StepKind
    {
        Rotate,
        Drop,
        Wait,
    }

    sealed record Step(StepKind Kind, int Seconds)
    {
        public static Step Drop { get; } = new(StepKind.Drop, 0);

        public static Step Rotate(int grace) => new(StepKind.Rotate, grace);

        public static Step Wait(int seconds) => new(StepKind.Wait, seconds);
    }

    sealed class Model(WorkspaceId workspaceId)
    {
        readonly Dictionary<long, DateTimeOffset> signsUntil = new() { [1] = DateTimeOffset.MaxValue };
        readonly List<IDomainEvent> events = [];
        long epoch = 1;

        public void Follow(Step step, DateTimeOffset now)
        {
            var current = signsUntil.Keys.Max();
            switch (step.Kind)
            {
                case StepKind.Rotate:
                    EndAll(now);
                    signsUntil[current] = now.AddSeconds(step.Seconds);
                    signsUntil[++epoch] = DateTimeOffset.MaxValue;
                    events.Add(new SecretRotated(workspaceId, epoch, step.Seconds == 0 ? null : now.AddSeconds(step.Seconds)));
                    break;
                case StepKind.Drop when SigningAt(now).Length == 2:
                    EndAll(now);
                    signsUntil[current] = DateTimeOffset.MaxValue;
                    events.Add(new PreviousSecretDropped(workspaceId, ++epoch));
                    break;
            }
        }

        public long[] SigningAt(DateTimeOffset moment) =>
            [.. signsUntil.Where(secret => moment < secret.Value).Select(secret => secret.Key).OrderDescending()];

        public IEnumerable<DateTimeOffset> MomentsThatMatter(DateTimeOffset now) =>
            signsUntil.Values
                .Where(end => end != DateTimeOffset.MaxValue)
                .SelectMany(end => new[] { end.AddTicks(-1), end, end.AddTicks(1) })
                .Where(moment => moment > now)
                .Prepend(now);

        public IDomainEvent[] TakeEvents()
        {
            IDomainEvent[] taken = [.. events];
            events.Clear();
            return taken;
        }

        void EndAll(DateTimeOffset now)
        {
            foreach (var (secret, end) in signsUntil)
                signsUntil[secret] = end < now ? end : now;
        }
    }
}
