namespace Framelane.Architecture.Tests;

public sealed class UseCaseTests
{
    static readonly Type[] Application = Layers.Application.GetTypes();

    [Test]
    public void HandlersAndValidators_AreInternalAndSealed()
    {
        Assert.That(Application.Count(Rules.IsHandlerOrValidator), Is.GreaterThanOrEqualTo(20), "a rule over nothing proves nothing");

        Assert.That(Layers.Source.SelectMany(assembly => Rules.NotInternalAndSealed(assembly.GetTypes())), Is.Empty);
    }

    [Test]
    public void HandlersAndValidators_AreInternalAndSealed_IsSeenToFail() => Assert.That(
        Rules.NotInternalAndSealed([typeof(Samples.VisibleHandler), typeof(Samples.OpenHandler), typeof(Samples.VisibleValidator), typeof(Samples.GoodHandler)]),
        Is.EqualTo(new[] { typeof(Samples.VisibleHandler).FullName, typeof(Samples.OpenHandler).FullName, typeof(Samples.VisibleValidator).FullName }));

    [Test]
    public void CommandsQueriesAndAnswers_AreRecords()
    {
        Assert.That(Application.Count(Rules.IsMessage), Is.GreaterThanOrEqualTo(30), "a rule over nothing proves nothing");

        Assert.That(Rules.NotValues(Application), Is.Empty);
    }

    [Test]
    public void CommandsQueriesAndAnswers_AreRecords_IsSeenToFail() => Assert.That(
        Rules.NotValues([typeof(Samples.ClassCommand), typeof(Samples.OpenQuery), typeof(Samples.ClassResponse), typeof(Samples.GoodQuery), typeof(Samples.OpenResponse)]),
        Is.EqualTo(new[] { typeof(Samples.ClassCommand).FullName, typeof(Samples.OpenQuery).FullName, typeof(Samples.ClassResponse).FullName }));
}
