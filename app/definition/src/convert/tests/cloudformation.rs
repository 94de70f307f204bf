use serde_json::json;

use super::super::{Fate, Kind};
use super::{holds, noted, only, started};

const YAML: &str = r#"
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Cpu: { Type: Number, Default: 512 }
  Tag: { Type: String }
  Kinds: { Type: CommaDelimitedList, Default: "FARGATE, EC2" }
Mappings:
  Sizes: { small: { memory: 1024 } }
Conditions:
  Big: !Equals [!Ref Tag, big]
Resources:
  Log: { Type: AWS::Logs::LogGroup }
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: !Sub "${AWS::StackName}-web"
      Cpu: !Ref Cpu
      Memory: !FindInMap [Sizes, small, memory]
      NetworkMode: awsvpc
      RequiresCompatibilities: !Ref Kinds
      ExecutionRoleArn: !GetAtt Role.Arn
      TaskRoleArn: !If [Big, !GetAtt BigRole.Arn, !Ref AWS::NoValue]
      PidMode: !Ref AWS::NoValue
      Volumes:
        - Name: data
          EFSVolumeConfiguration: { FilesystemId: fs-1, TransitEncryption: ENABLED, AuthorizationConfig: { IAM: ENABLED } }
      ProxyConfiguration:
        ContainerName: envoy
        ProxyConfigurationProperties: [{ Name: ProxyIngressPort, Value: 15000 }]
      ContainerDefinitions:
        - Name: app
          Image: !Join ["", [!Ref AWS::AccountId, ".dkr.ecr.eu-west-1.amazonaws.com/web:", !Ref Tag]]
          Essential: "true"
          PortMappings: [{ ContainerPort: "8080" }]
          Environment:
            - { Name: PORT, Value: 8080 }
            - { Name: TOKEN, Value: "{{resolve:ssm:/token}}" }
          LogConfiguration:
            LogDriver: awslogs
            Options: { awslogs-group: !Ref Log, awslogs-region: !Ref AWS::Region }
  Worker:
    Type: AWS::ECS::TaskDefinition
    Properties: { ContainerDefinitions: [{ Name: worker, Image: busybox }] }
"#;

#[test]
fn every_task_definition_of_a_template_is_a_candidate() {
    let started = started(YAML);
    assert_eq!(started.kind, Kind::CloudFormation);
    let titles: Vec<_> = started.documents.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles, ["Web", "Worker"]);
    let web = &started.documents[0];
    holds(
        web,
        &[
            ("family", json!("${Ref:AWS::StackName}-web")),
            ("cpu", json!("512")),
            ("memory", json!("1024")),
            ("requiresCompatibilities", json!(["FARGATE", "EC2"])),
            ("executionRoleArn", json!("${GetAtt:Role.Arn}")),
            ("taskRoleArn", json!("${GetAtt:BigRole.Arn}")),
            ("pidMode", json!(null)),
            (
                "volumes.0.efsVolumeConfiguration",
                json!({"fileSystemId": "fs-1", "transitEncryption": "ENABLED", "authorizationConfig": {"iam": "ENABLED"}}),
            ),
            (
                "proxyConfiguration.properties.0",
                json!({"name": "ProxyIngressPort", "value": "15000"}),
            ),
            (
                "containerDefinitions.0.image",
                json!("${Ref:AWS::AccountId}.dkr.ecr.eu-west-1.amazonaws.com/web:${Ref:Tag}"),
            ),
            ("containerDefinitions.0.essential", json!(true)),
            ("containerDefinitions.0.portMappings.0.containerPort", json!(8080)),
            ("containerDefinitions.0.environment.0.value", json!("8080")),
            ("containerDefinitions.0.logConfiguration.options.awslogs-group", json!("${Ref:Log}")),
        ],
    );
    for path in [
        "family",
        "executionRoleArn",
        "taskRoleArn",
        "containerDefinitions.0.image",
        "containerDefinitions.0.environment.1.value",
        "containerDefinitions.0.logConfiguration.options.awslogs-region",
    ] {
        assert!(noted(web, Fate::Open).contains(&path), "{path} in {:?}", web.left_out);
    }
    assert!(web.left_out.iter().any(|note| note.said.contains("as if Big holds")));
    assert_eq!(noted(&started.documents[1], Fate::Open), ["family"]);
}

#[test]
fn functions_that_need_no_stack_are_worked_out() {
    for (written, value) in [
        (r#"{"Ref": "Tag"}"#, "v1"),
        (r#"{"Fn::Sub": "x-${Tag}-${!Tag}"}"#, "x-v1-${Tag}"),
        (r#"{"Fn::Sub": ["${A}/${Tag}", {"A": {"Ref": "Tag"}}]}"#, "v1/v1"),
        (r#"{"Fn::Select": [1, ["a", "b"]]}"#, "b"),
        (r#"{"Fn::Select": ["0", {"Fn::Split": ["-", "a-b"]}]}"#, "a"),
        (r#"{"Fn::Join": [":", ["nginx", {"Ref": "Tag"}]]}"#, "nginx:v1"),
        (r#"{"Fn::If": ["C", {"Ref": "AWS::NoValue"}, "no"]}"#, "no"),
        (r#"{"Fn::ImportValue": "base-Image"}"#, "${ImportValue:base-Image}"),
        (r#"{"Ref": "Parameter"}"#, "${Ref:Parameter}"),
    ] {
        let candidate = only(&format!(
            r#"{{"Parameters": {{"Tag": {{"Type": "String", "Default": "v1"}}, "Parameter": {{"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/image"}}}},
                "Resources": {{"T": {{"Type": "AWS::ECS::TaskDefinition", "Properties": {{"ContainerDefinitions": [{{"Image": {written}}}]}}}}}}}}"#
        ));
        holds(&candidate, &[("containerDefinitions.0.image", json!(value))]);
    }
}

#[test]
fn a_resource_alone_is_enough() {
    for text in [
        "Type: AWS::ECS::TaskDefinition\nProperties:\n  Family: web\n",
        "Web:\n  Type: AWS::ECS::TaskDefinition\n  Properties:\n    Family: web\n",
        r#"{"Web": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"Family": "web"}}}"#,
    ] {
        holds(&only(text), &[("family", json!("web"))]);
    }
}
